import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { readSafetensors } from "./read-safetensors.js";
import type { WeightsFile } from "./weights-file.js";

const golden = (name: string): Buffer => readFileSync(new URL(`../../../goldens/data/${name}`, import.meta.url));

/** The files that a script under tools/ packed, by their names; each has memory of its own. */
export function packedFiles(name: string): ReadonlyMap<string, Uint8Array> {
  const { tensors } = readSafetensors(brotliDecompressSync(golden(name)));
  return new Map([...tensors].map(([file, tensor]) => [file, tensor.bytes().slice()]));
}

/** What the script says of a tensor. */
export interface TensorSum {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly sha256: string;
}

/** The sums of the tensors of each file, by the names of both. */
export function expectedSums(name: string): Readonly<Record<string, Readonly<Record<string, TensorSum>>>> {
  return JSON.parse(golden(name).toString()) as Record<string, Record<string, TensorSum>>;
}

export function sumsOf({ tensors }: WeightsFile): Record<string, TensorSum> {
  return Object.fromEntries(
    [...tensors].map(([name, tensor]) => [
      name,
      {
        dtype: tensor.dtype,
        shape: [...tensor.shape],
        sha256: createHash("sha256").update(tensor.bytes()).digest("hex"),
      },
    ]),
  );
}
