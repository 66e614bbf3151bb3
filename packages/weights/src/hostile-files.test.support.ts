import fc from "fast-check";
import { isIsoconvError } from "@isoconv/core-spec";
import { expect } from "vitest";
import { readWeights, type ReadOptions } from "./read-weights.js";
import type { StoredTensor } from "./stored-tensor.js";

/** `npm run test:full` sets it. */
export const isFull = process.env["ISOCONV_FULL"] === "1";

/** Bytes that mean something to one of the formats: opcodes, signatures, extreme numbers, JSON and Python syntax. */
const TOKENS: readonly Uint8Array[] = [
  "(",
  ".",
  "t",
  "R",
  "b",
  "Q",
  "}",
  "]",
  "0",
  "2",
  "\x85",
  "\x86",
  "\x87",
  "\x88",
  "\x93",
  "q\0",
  "h\0",
  "cos\nsystem\n",

  "PK\x01\x02",
  "PK\x03\x04",
  "PK\x05\x06",
  "PK\x06\x06",
  "NUMPY",
  "'<f4'",
  "'>f8'",
  "'|O'",
  "True",
  "(1,)",
  "(-1,)",

  "\xff\xff\xff\xff",
  "\xff\xff\xff\x7f",
  "\0\0\0\0\0\x01\0\0",
  "\x8a\x06\0\0\0\0\0\x01",
  "9007199254740993",
  "-1",
  "1e400",

  "null",
  "[]",
  "{}",
  '"',
  "\\",
  "../",
  "float16",
  "uint8",
  "string",
  "é",
].map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));

/** One change of a file. */
interface Change {
  readonly kind: "flip" | "cut" | "truncate" | "insert" | "overwrite" | "repeat";
  readonly at: number;
  readonly pick: number;
}

const change = fc.record<Change>({
  kind: fc.constantFrom("flip", "cut", "truncate", "insert", "overwrite", "overwrite", "repeat"),
  at: fc.nat(1_000_000),
  pick: fc.nat(1_000_000),
});

function mutate(file: Uint8Array, { kind, at, pick }: Change): Uint8Array {
  const position = at % Math.max(file.byteLength, 1);
  const token = TOKENS[pick % TOKENS.length];
  const spliced = (removed: number, inserted: Uint8Array): Uint8Array =>
    new Uint8Array(Buffer.concat([file.subarray(0, position), inserted, file.subarray(position + removed)]));
  switch (kind) {
    case "flip": {
      const flipped = file.slice();
      flipped[position] ^= 1 << (pick & 7);
      return flipped;
    }
    case "cut":
      return spliced(1 + (pick % 40), NOTHING);
    case "truncate":
      return file.slice(0, position);
    case "insert":
      return spliced(0, token);
    case "overwrite":
      return spliced(token.byteLength, token);
    case "repeat":
      return spliced(0, file.slice(position, position + (pick % 60)));
  }
}

const NOTHING = new Uint8Array(0);

/** Checks that a tensor has as many bytes and elements as its shape says. */
function judge(tensor: StoredTensor): void {
  const { shape, dtype, byteLength } = tensor;
  expect(tensor.bytes().byteLength).toBe(byteLength);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const bits = dtype === "BOOL" ? 8 : Number(/\d+/.exec(dtype)?.[0]);
  expect(8 * byteLength, dtype).toBe(count * bits);
}

export interface Outcomes {
  accepted: number;
  refused: number;
  /** Of one file. */
  slowest: number;
}

/**
 * Reads mutated files: each must be refused with a typed error, or give tensors that are as large as they say, within a
 * second and a bound on memory.
 */
export async function readMutatedFiles(
  bases: readonly (readonly [name: string, bytes: Uint8Array, options?: ReadOptions])[],
  files: number,
): Promise<Outcomes> {
  const outcomes: Outcomes = { accepted: 0, refused: 0, slowest: 0 };
  const mutated = fc.record({
    base: fc.nat(bases.length - 1),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(mutated, async ({ base, changes }) => {
      const [name, bytes, options] = bases[base];
      const file = changes.reduce(mutate, bytes);
      const before = process.memoryUsage().arrayBuffers;
      const start = process.cpuUsage();
      let result: Awaited<ReturnType<typeof readWeights>> | undefined;
      try {
        result = await readWeights(name, file, options);
      } catch (error) {
        if (!isIsoconvError(error)) throw error;
        expect(["INVALID_FILE", "INVALID_WEIGHTS", "INVALID_DTYPE"]).toContain(error.code);
        outcomes.refused += 1;
      }
      const { user, system } = process.cpuUsage(start);
      outcomes.slowest = Math.max(outcomes.slowest, (user + system) / 1e6);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * file.byteLength + 2 ** 26);
      if (result === undefined) return;
      for (const tensor of result.tensors.values()) judge(tensor);
      outcomes.accepted += 1;
    }),
    { numRuns: files },
  );
  return outcomes;
}
