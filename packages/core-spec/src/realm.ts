/**
 * Test runners and frames run a program in a realm of its own, with its own `Float32Array`. Arrays of another realm, such as
 * those of a native runtime or of jsdom, are no instances of it although they are the same kind of object.
 */

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice("[object ".length, -1);

/** Whether a value is a `Float32Array` of any realm. */
export function isFloat32Array(value: unknown): value is Float32Array {
  return value instanceof Float32Array || (ArrayBuffer.isView(value) && tagOf(value) === "Float32Array");
}

/** Whether a value is an `ArrayBuffer` of any realm. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return value instanceof ArrayBuffer || tagOf(value) === "ArrayBuffer";
}

/** A `Float32Array` of any realm as one of this realm, over the same memory. */
export function ownFloat32Array(data: Float32Array): Float32Array {
  return data instanceof Float32Array ? data : new Float32Array(...placeOf(data));
}

function placeOf(data: Float32Array): readonly [ArrayBufferLike, number, number] {
  return [data.buffer, data.byteOffset, data.length];
}
