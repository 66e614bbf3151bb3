import {
  decompose,
  decompositions,
  defaultPasses,
  elementCount,
  exposeValues,
  float32,
  graphBuilder,
  runPasses,
  uniform,
  type DecomposableOp,
  type Network,
  type TensorOf,
} from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { createBackend } from "./backend.js";
import { goldenCases, oneNode } from "@isoconv/goldens";
import { runOracle } from "./run-oracle.js";

const decomposable = new Set(Object.keys(decompositions) as DecomposableOp[]);

describe("a decomposition computes the same as its operation", () => {
  test.for(goldenCases.filter(({ op }) => (decomposable as Set<string>).has(op)))("$id", async (golden) => {
    const { graph, feeds } = oneNode(golden);
    const whole = await runOracle(graph, {}, feeds);
    const network = decompose(decomposable).run({ graph, parameters: {} });
    expect(network.graph.nodes.some(({ op }) => op === golden.op)).toBe(false);
    const parts = await runOracle(network.graph, {}, feeds);
    expect(parts["y"].shape).toEqual(whole["y"].shape);
    parts["y"].value.forEach((value, k) => {
      expect(Math.abs(value - whole["y"].value[k])).toBeLessThanOrEqual(1e-15 * whole["y"].magnitude[k]);
    });
  });
});

describe("the default passes", () => {
  const feeds = { x: float32([2, 3, 6, 5], uniform(1, "x", 180, -1, 1)) };

  test("keep every result bit for bit, except for folded batch norms", async () => {
    const network = smallNet(false);
    const optimised = runPasses(network, defaultPasses);
    expect(optimised.graph.nodes.map(({ op }) => op)).toEqual(["conv2d", "flatten", "linear"]);
    const [plain, fast] = [await runOn(network), await runOn(optimised)];
    expect(fast["y"].value).toEqual(plain["y"].value);
  });

  test("fold batch norms to within the rounding of the folded weights", async () => {
    const network = smallNet(true);
    const optimised = runPasses(network, defaultPasses);
    expect(optimised.graph.nodes.map(({ op }) => op)).toEqual(["conv2d", "flatten", "linear"]);
    const [plain, fast] = [await runOn(network), await runOn(optimised)];
    expect(fast["y"].value).not.toEqual(plain["y"].value);
    const error = fast["y"].value.map((value, k) => Math.abs(value - plain["y"].value[k]));
    error.forEach((distance, k) => expect(distance).toBeLessThan(2 ** -22 * fast["y"].magnitude[k]));
  });

  test.for(["conv2d", "batchNorm", "relu", "dropout", "flatten", "linear"])(
    "keep the value of a tap on %s",
    async (tap) => {
      const { graph, parameters } = smallNet(true);
      const plain = await runOracle(graph, parameters, feeds, { taps: [tap] });
      const tapped = runPasses({ graph: exposeValues(graph, [tap]), parameters }, defaultPasses);
      const fast = await runOracle(tapped.graph, tapped.parameters, feeds);
      expect(fast[tap].shape).toEqual(plain[tap].shape);
      fast[tap].value.forEach((value, k) => expect(value).toBeCloseTo(plain[tap].value[k], 6));
    },
  );

  test("are not applied by the backend, which runs graphs as written unless given passes", async () => {
    const network = smallNet(true);
    await using backend = await createBackend();
    const asWritten = await backend.compile(network.graph, network.parameters);
    const optimised = await backend.compile(network.graph, network.parameters, { passes: defaultPasses });
    const expected = Float32Array.from((await runOn(network))["y"].value);
    expect((await asWritten.run(feeds))["y"].data).toEqual(expected);
    expect((await optimised.run(feeds))["y"].data).not.toEqual(expected);
  });

  const runOn = ({ graph, parameters }: Network) => runOracle(graph, parameters, feeds);
});

/** A network with work for every pass: dropout, relu and a clip to [0, 6], with or without a batch norm to fold. */
function smallNet(withNorm: boolean): Network {
  const g = graphBuilder("net");
  const parameters: Record<string, TensorOf<"float32">> = {};
  const parameter = (name: string, shape: readonly number[], low = -1, high = 1) => {
    parameters[name] = float32(shape, uniform(1, name, elementCount(shape), low, high));
    return g.parameter(name, shape);
  };
  let x = g.input("x", ["N", 3, 6, 5]);
  x = g.conv2d({ x, w: parameter("w", [4, 3, 3, 3]), bias: parameter("bias", [4]) }, { pads: [1, 1, 1, 1] }, "conv2d");
  if (withNorm) {
    const statistics = { mean: parameter("mean", [4]), variance: parameter("variance", [4], 0.5) };
    const affine = { scale: parameter("scale", [4]), offset: parameter("offset", [4]) };
    x = g.batchNorm({ x, ...statistics, ...affine }, { epsilon: 1e-5 }, "batchNorm");
  }
  x = g.dropout({ x: g.relu({ x }, {}, "relu") }, {}, "dropout");
  x = g.linear({ x: g.flatten({ x }, {}, "flatten"), w: parameter("fc.w", [5, 120], -0.05, 0.1) }, {}, "linear");
  return { graph: g.build({ y: g.clip({ x }, { min: 0, max: 6 }) }), parameters };
}
