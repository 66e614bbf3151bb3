import {
  elementCount,
  float32,
  formatFloat32,
  graphBuilder,
  opNames,
  uniform,
  type Node,
  type TensorOf,
} from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { deviationOf, goldenCases, modelGoldens, oneNode, opResults } from "@isoconv/goldens";
import { runOracle, type OracleResult } from "./run-oracle.js";

test("every operation has a golden case", () => {
  expect(new Set(goldenCases.map(({ op }) => op))).toEqual(new Set(opNames));
});

test.for(goldenCases)("$id equals PyTorch's result", async (golden) => {
  const { graph, feeds } = oneNode(golden);
  const { y } = await runOracle(graph, {}, feeds);
  const expected = opResults.get(golden.id)!;
  expect(y.shape).toEqual(expected.shape);
  expect(relativeError(y, expected.toFloat64())).toBeLessThan(hasExactAttributes(graph.nodes[0]) ? 1e-14 : 1e-7);
});

/** PyTorch computed with float64 attributes and isoconv rounds them to float32. That changes 0.01 but not 0.5. */
function hasExactAttributes({ attrs }: Node): boolean {
  return Object.values(attrs).every(
    (value) => typeof value !== "number" || !Number.isFinite(value) || Number(formatFloat32(value)) === value,
  );
}

/** The largest error in units of value and magnitude; NaN where the reference is NaN. */
function relativeError(y: OracleResult, reference: Float64Array): number {
  return y.value.reduce((worst, value, k) => {
    const scale = Math.abs(reference[k]) + y.magnitude[k];
    return Math.max(worst, value === reference[k] ? 0 : Math.abs(value - reference[k]) / scale);
  }, 0);
}

test("every activation of a whole network, LeNet as in Dive into Deep Learning, equals PyTorch's", async () => {
  const { graph, parameters } = lenet();
  const image = float32([2, 1, 28, 28], uniform(1, "input", 2 * 28 * 28, -1, 1));
  const results = await runOracle(graph, parameters, { input: image }, { taps: ["2", "3", "5", "9"] });
  expect(Object.keys(results).toSorted()).toEqual(["2", "3", "5", "9", "logits"]);
  const golden = modelGoldens.small.find(({ model }) => model === "d2l/lenet")!;
  for (const [name, { shape, value }] of Object.entries(results)) {
    expect(shape).toEqual(golden.activations.find(({ path }) => path === name)?.shape ?? [2, 10]);
    expect(deviationOf(golden, value, name)).toBeLessThan(1e-14);
  }
});

function lenet() {
  const g = graphBuilder("lenet");
  const parameters: Record<string, TensorOf<"float32">> = {};
  const parameter = (name: string, shape: readonly number[], fanIn: number) => {
    const limit = name.endsWith("bias") ? 0.1 : Math.sqrt(6 / fanIn);
    parameters[name] = float32(shape, uniform(1, name, elementCount(shape), -limit, limit));
    return g.parameter(name, shape);
  };
  const layer = (name: string, w: readonly number[]) => ({
    w: parameter(`${name}.weight`, w, elementCount(w.slice(1))),
    bias: parameter(`${name}.bias`, w.slice(0, 1), 0),
  });
  const halve = { kernel: [2, 2], strides: [2, 2] } as const;
  let x = g.input("input", ["N", 1, 28, 28]);
  x = g.conv2d({ x, ...layer("0", [6, 1, 5, 5]) }, { pads: [2, 2, 2, 2] });
  x = g.avgPool2d({ x: g.sigmoid({ x }) }, halve, "2");
  x = g.conv2d({ x, ...layer("3", [16, 6, 5, 5]) }, {}, "3");
  x = g.avgPool2d({ x: g.sigmoid({ x }) }, halve, "5");
  x = g.linear({ x: g.flatten({ x }), ...layer("7", [120, 400]) });
  x = g.linear({ x: g.sigmoid({ x }), ...layer("9", [84, 120]) }, {}, "9");
  x = g.linear({ x: g.sigmoid({ x }), ...layer("11", [10, 84]) });
  return { graph: g.build({ logits: x }), parameters };
}
