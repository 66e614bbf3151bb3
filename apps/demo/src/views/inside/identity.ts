import type { Image, NetworkChoice } from "../../engine/network.js";

const numbers = new WeakMap<object, number>();
let last = 0;

/** A number that a thing keeps as long as it lives. */
function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
}

/** The same text exactly for the same network. A file counts as the object it is: its bytes are not read for this. */
export function keyOfNetwork({ model, layers, size, weights }: NetworkChoice): string {
  const own =
    weights.kind === "seed" ? weights.seed : weights.kind === "file" ? `${weights.name}:${numberOf(weights.file)}` : "";
  return JSON.stringify([model, layers, size, weights.kind, own]);
}

/** Two hashes of the image's bits: with every choice of a network it is made anew, though mostly the same again. */
export function keyOfImage({ shape, data }: Image): string {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word >>> 7) ^ word, 0x85ebca6b) + 1;
  }
  return [...shape, (a >>> 0).toString(16), (b >>> 0).toString(16)].join(".");
}
