import { viewAs } from "../view-as.js";

/** Whole numbers in place of a tensor's elements: an element is `number · scale + min`. */
export interface Quantisation {
  readonly stored: "U8" | "U16";
  readonly restored: "F32" | "I32";
  readonly scale: number;
  readonly min: number;
}

/** The elements of a quantised tensor, as TensorFlow.js computes them: in double precision, rounded once at the end. */
export function dequantise(bytes: Uint8Array, { stored, restored, scale, min }: Quantisation): Uint8Array {
  const numbers = stored === "U8" ? bytes : viewAs(Uint16Array, bytes);
  const elements = restored === "F32" ? new Float32Array(numbers.length) : new Int32Array(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) {
    const value = numbers[index] * scale + min;
    elements[index] = restored === "F32" ? value : Math.round(value);
  }
  return new Uint8Array(elements.buffer);
}
