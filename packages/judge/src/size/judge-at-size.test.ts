import { createBackend } from "@isoconv/backend-reference";
import { float32, type Backend, type Capabilities, type OpName, type Shape } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unravel } from "../agreement.js";
import type { Judgement } from "../judgement.js";
import { Memo } from "../memo.js";
import { oneOpNetwork } from "../network/example-network.js";
import { withIntegers } from "../network/with-integers.js";
import { answer, type Answered } from "./cases.test.support.js";
import { judgeAtSize } from "./judge-at-size.js";
import { sampleIndices } from "./sample-indices.js";

let backend: Backend;
beforeAll(async () => void (backend = await createBackend()));
afterAll(() => backend.dispose());

/** More multiply-adds than `judgeAtSize` lets the oracle compute. */
const large: readonly (readonly [OpName, Record<string, Shape>, Record<string, unknown>])[] = [
  ["conv2d", { x: [1, 16, 40, 33], w: [12, 16, 3, 3], bias: [12] }, { pads: [1, 1, 1, 1] }],
  ["convTranspose2d", { x: [1, 16, 21, 17], w: [16, 9, 5, 5], bias: [9] }, { strides: [2, 2], pads: [2, 2, 2, 2] }],
  ["linear", { x: [2, 7, 513], w: [300, 513], bias: [300] }, {}],
];

/** Judges the oracle's result, rounded to float32, with one element changed. */
async function judgeWith(
  { network, expected }: Answered,
  { at = 0, by = 0, ...declared }: { at?: number; by?: number } & Partial<Capabilities> = {},
): Promise<Judgement> {
  const data = Float32Array.from(expected.value);
  data[at] += by;
  const capabilities = { ...backend.capabilities, ...declared };
  return judgeAtSize({ key: "k", network }, { y: float32(expected.shape, data) }, capabilities, new Memo());
}

describe.each(large)("a large %s", (op, shapes, attrs) => {
  const spec = oneOpNetwork("large", op, shapes, attrs);

  it("of integers passes, and one element wrong by 1 is named with both values", async () => {
    const answered = await answer(withIntegers(spec), "f32");
    expect(await judgeWith(answered)).toMatchObject({ passed: true, shares: [{ op, share: 0 }] });
    const { value, shape } = answered.expected;
    for (const at of [0, 1234, value.length - 1]) {
      const { passed, reason } = await judgeWith(answered, { at, by: 1 });
      expect(passed).toBe(false);
      expect(reason).toBe(
        `output "y" (${op}): outside its bound at [${unravel(at, shape).join(", ")}]: expected ${value[at]} ± 0, got ${value[at] + 1}`,
      );
    }
  });

  it("of real numbers passes, and a sampled element out of its bound is named", async () => {
    const answered = await answer(spec, "f32");
    const judgement = await judgeWith(answered);
    expect(judgement).toMatchObject({ passed: true, shares: [{ op }] });
    expect(judgement.shares[0].share).toBeGreaterThan(0);
    const { shape } = answered.expected;
    const at = sampleIndices(shape, "k")[10];
    expect((await judgeWith(answered, { at, by: 1 })).reason).toContain(
      `outside its bound at [${unravel(at, shape).join(", ")}]`,
    );
  });

  it("says what is wrong with a result that is missing, misshapen, zero or NaN", async () => {
    const { network, expected } = await answer(withIntegers(spec), "f32");
    const judge = (results: Parameters<typeof judgeAtSize>[1]) =>
      judgeAtSize({ key: "k", network }, results, backend.capabilities, new Memo());
    const filled = (value: number) => ({
      y: float32(expected.shape, new Float32Array(expected.value.length).fill(value)),
    });
    expect((await judge({})).reason).toBe(`output "y" (${op}): not returned`);
    expect((await judge({ y: float32([2], [0, 0]) })).reason).toContain("shape 2 with 2 elements instead of");
    expect((await judge(filled(0))).reason).toContain("all elements are zero");
    expect((await judge(filled(Number.NaN))).reason).toContain("all elements are NaN");
  });
});

describe("what decides between numbers and bounds", () => {
  const [[op, shapes, attrs]] = large;
  const spec = withIntegers(oneOpNetwork("large", op, shapes, attrs));

  it("is the operands, and the arithmetic class they were made for", async () => {
    const forF32 = await answer(spec, "f32");
    expect((await judgeWith(forF32, { by: 1, arithmetic: "tf32" })).passed).toBe(true);
    const forTf32 = await answer(spec, "tf32");
    expect((await judgeWith(forTf32, { by: 1, arithmetic: "tf32" })).passed).toBe(false);
  });

  it("allows a fast convolution its own bound", async () => {
    const answered = await answer(spec, "f32");
    expect((await judgeWith(answered, { by: 1, convAlgorithm: "fast" })).passed).toBe(true);
    expect((await judgeWith(answered, { by: 2 ** 20, convAlgorithm: "fast" })).passed).toBe(false);
  });

  it("samples below a fused activation, and still wants equal numbers", async () => {
    const fused = withIntegers(oneOpNetwork("fused", op, shapes, { ...attrs, activation: "relu" }));
    const answered = await answer(fused, "f32");
    expect((await judgeWith(answered)).passed).toBe(true);
    expect((await judgeWith(answered, { at: 0, by: 1 })).passed).toBe(false);
  });

  it("leaves small operations and those of other kinds to the whole oracle", async () => {
    const relu = await answer(oneOpNetwork("relu", "relu", { x: [3, 7] }, {}), "f32");
    expect((await judgeWith(relu)).passed).toBe(true);
    expect((await judgeWith(relu, { at: 5, by: 2 ** -20 })).passed).toBe(false);
    const add = await answer(withIntegers(oneOpNetwork("add", "add", { a: [3, 7], b: [7] }, {})), "f32");
    expect((await judgeWith(add, { at: 5, by: 1 })).passed).toBe(false);
  });
});

describe("sampled indices", () => {
  const shape = [2, 35, 19, 70];
  const sampled = sampleIndices(shape, "k");
  it("are distinct, ascending and the same for the same key", () => {
    expect([...new Set(sampled)].toSorted((a, b) => a - b)).toEqual(sampled);
    expect(sampleIndices(shape, "k")).toEqual(sampled);
    expect(sampleIndices(shape, "other")).not.toEqual(sampled);
    expect(sampled.at(-1)).toBe(2 * 35 * 19 * 70 - 1);
  });
  it("have both sides of each tile's edge and the border along each axis", () => {
    for (const [axis, extent] of shape.entries()) {
      const seen = new Set(sampled.map((index) => unravel(index, shape)[axis]));
      for (const tile of [4, 8, 16, 32, 64]) {
        for (let edge = tile; edge < extent; edge += tile)
          expect([seen.has(edge - 1), seen.has(edge)]).toEqual([true, true]);
      }
      for (const border of [0, 1, extent - 2, extent - 1]) expect(seen.has(border)).toBe(true);
    }
  });
  it("include the corners, however few they may be", () => {
    const few = sampleIndices(shape, "k", 40);
    expect(few).toHaveLength(40);
    for (const corner of [0, 69, 18 * 70, 2 * 35 * 19 * 70 - 70]) expect(few).toContain(corner);
    expect(sampleIndices([0, 3], "k")).toEqual([]);
  });
});
