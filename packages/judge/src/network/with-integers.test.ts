import { runOracle } from "@isoconv/backend-reference";
import { float32, type ArithmeticClass, type Tensors } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { exactIntegers } from "../arithmetic.js";
import { roundToHalf } from "../half.js";
import { answer, answered, cases } from "../size/cases.test.support.js";
import { sumsStayExact } from "../size/sums-stay-exact.js";
import { lattice } from "./fill.js";
import { oneOpNetwork } from "./example-network.js";
import { factorSizes } from "./integers.js";
import { withIntegers } from "./with-integers.js";

const classes: readonly ArithmeticClass[] = ["f32", "tf32", "f16-storage", "f16"];

describe("sizes of factors", () => {
  it.each(classes)(
    "keep every sum exact in %s, for any number of terms below half of the largest sum",
    (arithmetic) => {
      const { operands, sums } = exactIntegers(arithmetic);
      for (const of of [1, 2, 3, 7, 64, 512, 1000, 4608, 25_088]) {
        for (const taps of [1, 4, 9, 49, 121]) {
          const terms = of * taps;
          if (terms > sums / 2) continue;
          const { wide, narrow, every } = factorSizes(terms, of, arithmetic);
          const most = terms * narrow ** 2 + Math.ceil(of / every) * taps * narrow * wide;
          // The bound of `factorSizes`; where no wide integer fits, all terms are narrow.
          expect(wide === narrow ? terms * narrow ** 2 : most).toBeLessThanOrEqual(sums / 2);
          expect(wide).toBeLessThanOrEqual(operands);
          if (arithmetic === "f32" && taps <= 49) expect(wide).toBeGreaterThanOrEqual(2 ** 12);
        }
      }
    },
  );
});

describe.each(classes)("operands for %s", (arithmetic) => {
  it.each(cases)("%s: every order of additions rounded to float32 gives the oracle's bits", async (...testCase) => {
    const { network, node, tensorOf, expected } = await answered(testCase, { arithmetic });
    expect(sumsStayExact(node, tensorOf, arithmetic)).toBe(true);
    expect(Math.max(...expected.magnitude)).toBeLessThanOrEqual(exactIntegers(arithmetic).sums);
    for (let seed = 1; seed <= 8; seed += 1) {
      const { y } = await runOracle(network.graph, network.parameters, network.feeds, { noise: { seed } });
      expect(y.value).toEqual(expected.value);
    }
  });
});

it.each([
  ["add", { a: [2, 3, 4], b: [4] }, {}],
  ["mul", { a: [2, 3, 4], b: [2, 3, 4] }, {}],
  ["avgPool2d", { x: [1, 2, 8, 8] }, { kernel: [4, 8] }],
  ["globalAvgPool2d", { x: [1, 2, 8, 8] }, {}],
  ["mean", { x: [2, 4, 16] }, { axes: [2] }],
] as const)("%s has operands that stay exact, and as wide as that allows", async (op, shapes, attrs) => {
  for (const arithmetic of classes) {
    const { node, tensorOf, network } = await answer(withIntegers(oneOpNetwork(op, op, shapes, attrs)), arithmetic);
    expect(sumsStayExact(node, tensorOf, arithmetic)).toBe(true);
    const [first] = network.graph.inputs;
    const { shape, data } = tensorOf(first.name);
    const enlarged = float32(
      shape,
      Float32Array.from(data, (value) => 4 * value),
    );
    const enlargedOf = (name: string) => (name === first.name ? enlarged : tensorOf(name));
    expect(sumsStayExact(node, enlargedOf, arithmetic)).toBe(false);
  }
});

it("proves nothing for real numbers, NaN, sums that are too large and operations that round", async () => {
  const real = await answered(cases[0], { integers: false });
  expect(sumsStayExact(real.node, real.tensorOf, "f32")).toBe(false);
  const wide = await answered(cases[0]);
  expect(sumsStayExact(wide.node, wide.tensorOf, "f16")).toBe(false);
  const withNaN = float32([8], new Float32Array(8).fill(Number.NaN));
  expect(sumsStayExact(wide.node, (name) => (name === "bias" ? withNaN : wide.tensorOf(name)), "f32")).toBe(false);
  const softmax = oneOpNetwork("s", "softmax", { x: [2, 3] }, { axis: 1 }, { fills: { x: lattice } });
  const { node, tensorOf } = await answer(softmax, "f32");
  expect(sumsStayExact(node, tensorOf, "f32")).toBe(false);
});

describe("roundings that the lattice survives change results", () => {
  const rounded = (tensors: Tensors, only: string): Tensors =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [
        name,
        // Half precision has as many significant bits as TF32, and more than bfloat16.
        float32(
          shape,
          name === only
            ? Float32Array.from(data, (value) => roundToHalf(value / 2 ** 12) * 2 ** 12)
            : Float32Array.from(data),
        ),
      ]),
    );
  it.each([1, 64, 577])("of x or of w, with %i channels", async (channels) => {
    const shapes = { x: [2, channels, 6, 6], w: [3, channels, 3, 3] };
    let changed = 0;
    for (const seed of [1, 2]) {
      for (const operand of ["x", "w"]) {
        const { network, expected } = await answered(["wide", "conv2d", shapes, {}], { seed });
        const { y } = await runOracle(
          network.graph,
          rounded(network.parameters, operand),
          rounded(network.feeds, operand),
        );
        changed += y.value.some((value, k) => value !== expected.value[k]) ? 1 : 0;
        const small = await answer(
          oneOpNetwork("l", "conv2d", shapes, {}, { fills: { x: lattice, w: lattice } }),
          "f32",
        );
        const same = await runOracle(
          small.network.graph,
          rounded(small.network.parameters, operand),
          rounded(small.network.feeds, operand),
        );
        expect(same["y"].value).toEqual(small.expected.value);
      }
    }
    // With one channel only one operand is wide, chosen by the seed.
    expect(changed).toBe(channels === 1 ? 2 : 4);
  });
});
