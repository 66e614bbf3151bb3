import type { WeightsFile, StoredTensor } from "@isoconv/weights";

/** A file of tensors with names and shapes but no data, which would take half a gigabyte for VGG. */
export function standIn(shapes: Iterable<readonly [name: string, shape: readonly number[]]>): WeightsFile {
  return { metadata: {}, tensors: new Map([...shapes].map(([name, shape]) => [name, dataless(name, shape)])) };
}

function dataless(name: string, shape: readonly number[]): StoredTensor {
  const refuse = (): never => {
    throw new Error(`the stand-in ${name} has no data`);
  };
  return {
    name,
    dtype: "F32",
    shape,
    byteLength: 0,
    bytes: () => new Uint8Array(0),
    toFloat32: refuse,
    toInt32: refuse,
    toFloat64: refuse,
  };
}

/** Name and shape of each tensor in a file. */
export function shapesOf({ tensors }: WeightsFile): (readonly [string, readonly number[]])[] {
  return [...tensors].map(([name, { shape }]) => [name, shape]);
}
