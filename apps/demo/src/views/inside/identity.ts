import type { Image, NetworkChoice } from "../../engine/network.js";

const numbers = new WeakMap<object, number>();
let last = 0;

/** A number that identifies an object for its lifetime. */
function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
}

/** A key that is equal exactly for equal networks. Files are compared by identity, so that no bytes are read. */
export function keyOfNetwork({ model, layers, size, weights }: NetworkChoice): string {
  const own =
    weights.kind === "seed"
      ? weights.seed
      : weights.kind === "file"
        ? `${weights.files.name}:${numberOf(weights.files.file)}`
        : "";
  return JSON.stringify([model, layers, size, weights.kind, own]);
}

/** Two hashes of the image's bits. Every choice of a network makes a new array, mostly with the same contents. */
export function keyOfImage({ shape, data }: Image): string {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word >>> 7) ^ word, 0x85ebca6b) + 1;
  }
  return [...shape, (a >>> 0).toString(16), (b >>> 0).toString(16)].join(".");
}
