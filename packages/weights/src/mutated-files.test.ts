import { isIsoconvError } from "@isoconv/core-spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isFull } from "./hostile-files.test.support.js";
import { bases, BITS, mutations } from "./mutations.test.support.js";
import { readSafetensors } from "./read-safetensors.js";
import type { WeightsFile } from "./weights-file.js";
import type { StoredTensor } from "./stored-tensor.js";

/** Checks an accepted file against the format's definition, without the reader's code. */
function judge(file: Uint8Array, { tensors, metadata }: WeightsFile): void {
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const dataStart = file.byteOffset + 8 + headerBytes;
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes))) as Record<string, object>;
  expect(metadata).toEqual(header["__metadata__"] ?? {});
  delete header["__metadata__"];
  expect([...tensors.keys()].toSorted()).toEqual(Object.keys(header).toSorted());
  let covered = 0;
  for (const tensor of [...tensors.values()].toSorted((a, b) => start(a) - start(b) || a.byteLength - b.byteLength)) {
    const { name, dtype, shape, byteLength } = tensor;
    expect(header[name]).toEqual({ dtype, shape, data_offsets: [covered, covered + byteLength] });
    expect(tensor.bytes().buffer).toBe(file.buffer);
    expect(start(tensor)).toBe(dataStart + covered);
    const count = shape.reduce((product, extent) => product * extent, 1);
    expect(byteLength * 8).toBe(count * (BITS[dtype] ?? NaN));
    for (const convert of [() => tensor.toFloat32().data, () => tensor.toFloat64(), () => tensor.toInt32().data]) {
      const data = valueOrError<ArrayLike<number>>(convert);
      if (!isIsoconvError(data)) expect(data).toHaveLength(count);
    }
    covered += byteLength;
  }
  expect(dataStart + covered).toBe(file.byteOffset + file.byteLength);
}

const start = (tensor: StoredTensor): number => tensor.bytes().byteOffset;

/** The result of a call or the IsoconvError it throws; any other error fails the test. */
function valueOrError<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    if (isIsoconvError(error, "INVALID_WEIGHTS") || isIsoconvError(error, "INVALID_DTYPE")) return error;
    throw error;
  }
}

const RUNS = isFull ? 20_000 : 10_000;

it(`reads or refuses ${RUNS} mutated files`, () => {
  const outcomes = new Map<string, { accepted: number; refused: number }>();
  const mutated = fc.record({
    kind: fc.constantFrom(...Object.keys(mutations)),
    base: fc.constantFrom(...bases),
    at: fc.nat(100_000),
    pick: fc.nat(1000),
    flips: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(fc.nat(100_000), { maxLength: 3 })),
  });
  fc.assert(
    fc.property(mutated, ({ kind, base: [text, dataBytes], at, pick, flips }) => {
      const { fatal = false, apply } = mutations[kind];
      const file = apply(text, dataBytes, at, pick);
      for (const flip of flips) {
        const bit = flip % Math.max(file.byteLength * 8, 1);
        if (file.byteLength > 0) file[bit >> 3] ^= 1 << (bit & 7);
      }
      const result = valueOrError(() => readSafetensors(file));
      const outcome = outcomes.get(kind) ?? { accepted: 0, refused: 0 };
      outcomes.set(kind, outcome);
      if (isIsoconvError(result)) {
        expect(result.code).toBe("INVALID_WEIGHTS");
        expect(result.path).toBeDefined();
        outcome.refused += 1;
      } else if (!(result instanceof Error)) {
        expect(fatal && flips.length === 0).toBe(false);
        judge(file, result);
        outcome.accepted += 1;
      }
    }),
    { numRuns: RUNS },
  );
  // The test is only useful if some mutated files are accepted and some are refused.
  const total = [...outcomes.values()].reduce((sum, { accepted }) => sum + accepted, 0);
  expect(total).toBeGreaterThan(0.08 * RUNS);
  expect(total).toBeLessThan(0.5 * RUNS);
  for (const kind of Object.keys(mutations)) expect(outcomes.get(kind)?.refused, kind).toBeGreaterThan(50);
});
