import { createBackend } from "@isoconv/backend-reference";
import { elementCount, float32, uniform, type ConcreteShape, type OpName } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { unravel } from "../agreement.js";
import { oracleOfOp } from "../check-op.js";
import { oneOpNetwork } from "../network/example-network.js";
import { boundsOf, boundsWith } from "../node-rule.js";
import { answer, answered, cases, type Answered } from "./cases.test.support.js";
import { cropOf, type Region } from "./crop.js";
import { cut, span } from "./range.js";
import { sampledOracle } from "./sampled-oracle.js";

const pools: readonly (readonly [OpName, Record<string, unknown>])[] = [
  ["maxPool2d", { kernel: [3, 2], strides: [2, 3], pads: [1, 1, 1, 0], dilations: [2, 1] }],
  ["avgPool2d", { kernel: [3, 4], strides: [2, 1], pads: [1, 2, 2, 1] }],
];

/** Random boxes of a result with whole channels, or with one. */
function regionsOf(shape: ConcreteShape): readonly Region[] {
  return Array.from({ length: 25 }, (_, k): Region =>
    shape.map((extent, axis) => {
      const [a, b] = uniform(1, `regions/${k}/${axis}`, 2, 0, 1).map((drawn) => Math.floor(drawn * extent));
      if (axis === 1) return k % 2 === 0 ? span(0, extent) : span(a, 1);
      return { start: Math.min(a, b), end: Math.max(a, b) + 1 };
    }),
  );
}

async function expectLocality({ node, tensorOf, expected }: Answered): Promise<void> {
  const whole = float32(expected.shape, new Float32Array(expected.value));
  for (const region of regionsOf(expected.shape)) {
    const answerOfCrop = await oracleOfOp(cropOf(node, region, tensorOf));
    const { shape, data } = cut(whole, region);
    expect(answerOfCrop.shape).toEqual(shape);
    expect(new Float32Array(answerOfCrop.value)).toEqual(data);
  }
}

describe("the answer to a crop is the crop of the answer", () => {
  it.each(cases)("%s", async (...testCase) => expectLocality(await answered(testCase, { integers: false })));
  it.each(pools)("%s", async (op, attrs) =>
    expectLocality(await answer(oneOpNetwork(op, op, { x: [2, 3, 9, 10] }, attrs), "f32")),
  );
  it("upsample, at multiples of its scales", async () => {
    const { node, tensorOf, expected } = await answer(
      oneOpNetwork("up", "upsample", { x: [2, 3, 4, 5] }, { scales: [3, 2] }),
      "f32",
    );
    const region = [span(1, 1), span(1, 2), span(3, 6), span(2, 8)];
    const crop = await oracleOfOp(cropOf(node, region, tensorOf));
    expect(new Float32Array(crop.value)).toEqual(
      cut(float32(expected.shape, new Float32Array(expected.value)), region).data,
    );
    expect(() => cropOf(node, [span(0, 1), span(0, 1), span(1, 3), span(0, 2)], tensorOf)).toThrow("no multiples of 3");
  });
  it("except for parts of several groups, and for operations without windows", async () => {
    const { node, tensorOf } = await answered(cases[1]);
    const region = [span(0, 1), span(1, 2), span(0, 1), span(0, 1)];
    expect(() => cropOf(node, region, tensorOf)).toThrow("parts of several groups of 2");
    const softmax = await answer(oneOpNetwork("s", "softmax", { x: [2, 3] }, { axis: 1 }), "f32");
    expect(() => cropOf(softmax.node, [span(0, 1), span(0, 1)], softmax.tensorOf)).toThrow("softmax has no crops");
  });
});

describe("sampled elements have the bits of the whole result", () => {
  it.each(cases)("%s", async (...testCase) => {
    const { node, tensorOf, expected } = await answered(testCase, { integers: false });
    const all = Array.from({ length: elementCount(expected.shape) }, (_, k) => k);
    const sampled = sampledOracle(node, tensorOf, expected.shape, all);
    expect(sampled.value).toEqual(expected.value);
    expect(sampled.magnitude).toEqual(expected.magnitude);
    expect(sampled.indexOf?.(7)).toEqual(unravel(7, expected.shape));
  });
  it.each(cases.slice(0, 3))("and its bounds for a fast convolution: %s", async (...testCase) => {
    const { network, node, tensorOf, expected } = await answered(testCase, { integers: false });
    const { capabilities } = await createBackend();
    const fast = { ...capabilities, convAlgorithm: "fast" } as const;
    const whole = boundsOf(network, expected, fast);
    const indices = [0, 9, expected.value.length - 1];
    const sampled = sampledOracle(node, tensorOf, expected.shape, indices);
    const part = boundsWith({ node, rule: whole.rule, elementsOf: tensorOf }, sampled, fast);
    expect(part.rule).toEqual(whole.rule);
    expect([...part.expected.magnitude]).toEqual(indices.map((index) => whole.expected.magnitude[index]));
    for (const [k, magnitude] of whole.expected.magnitude.entries()) {
      expect(magnitude).toBeGreaterThanOrEqual(expected.magnitude[k] * (1 - 2 ** -50));
    }
  });
});

it("cuts boxes that reach beyond a tensor, with zeros outside", () => {
  const x = float32(
    [2, 2, 3],
    Float32Array.from({ length: 12 }, (_, k) => k + 1),
  );
  expect(cut(x, [span(1, 1), span(-1, 2), span(-1, 5)]).data).toEqual(Float32Array.of(0, 0, 0, 0, 0, 0, 7, 8, 9, 0));
  expect(cut(x, [span(0, 2), span(1, 1), span(0, 3)]).data).toEqual(Float32Array.of(4, 5, 6, 10, 11, 12));
  expect(cut(x, [span(0, 1), span(0, 1), span(5, 2)]).data).toEqual(Float32Array.of(0, 0));
  expect(cut(x, [span(2, 1), span(0, 2), span(0, 3)]).data).toEqual(new Float32Array(6));
});
