import { float32, graphBuilder, type Graph, type IsoconvError } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { runOracle } from "./run-oracle.js";

/** relu(x · w) + x, with an intermediate value that no output needs. */
function smallNet(): Graph {
  const g = graphBuilder("small");
  const x = g.input("x", ["N", 2]);
  const product = g.linear({ x, w: g.parameter("w", [2, 2]) }, {}, "product");
  g.sigmoid({ x: product }, {}, "unused");
  const y = g.add({ a: g.relu({ x: product }, {}, "rectified"), b: x }, {}, "sum");
  return g.build({ y });
}
const parameters = { w: float32([2, 2], [1, -2, 3, 4]) };
const feeds = { x: float32([1, 2], [5, 6]) };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "none",
    (error: IsoconvError) => error.code,
  );
}

describe("runOracle", () => {
  test("returns outputs with the magnitude of the operation that made them", async () => {
    expect(await runOracle(smallNet(), parameters, feeds)).toEqual({
      y: { shape: [1, 2], value: Float64Array.of(5, 45), magnitude: Float64Array.of(5, 45) },
    });
  });

  test("returns taps: nodes, inputs and parameters, with magnitude 0 where the registry defines none", async () => {
    const taps = ["product", "rectified", "x", "w"];
    const results = await runOracle(smallNet(), parameters, feeds, { taps });
    expect(Object.keys(results)).toEqual(["y", ...taps]);
    expect(results["product"]).toEqual({
      shape: [1, 2],
      value: Float64Array.of(-7, 39),
      magnitude: Float64Array.of(17, 39),
    });
    expect(results["rectified"]?.magnitude).toEqual(Float64Array.of(0, 0));
    expect(results["w"]).toEqual({
      shape: [2, 2],
      value: Float64Array.of(1, -2, 3, 4),
      magnitude: new Float64Array(4),
    });
  });

  test("keeps float64 between operations", async () => {
    const g = graphBuilder("third");
    const x = g.input("x", [1]);
    const third = g.mul({ a: x, b: x });
    const graph = g.build({ y: g.mul({ a: third, b: third }) });
    const { y } = await runOracle(graph, {}, { x: float32([1], [0.1]) });
    expect(y.value[0]).toBe(Math.fround(0.1) ** 2 * Math.fround(0.1) ** 2);
  });

  test("an empty batch gives empty results", async () => {
    const { y } = await runOracle(smallNet(), parameters, { x: float32([0, 2]) });
    expect(y).toEqual({ shape: [0, 2], value: new Float64Array(0), magnitude: new Float64Array(0) });
  });

  test("validates a graph of unknown origin", async () => {
    const graph = JSON.parse(JSON.stringify(smallNet())) as Graph;
    const { y } = await runOracle(graph, parameters, feeds);
    expect(y.value).toEqual(Float64Array.of(5, 45));
    const broken = { ...graph, outputs: [{ name: "y", value: "nothing" }] };
    expect(await codeOf(runOracle(broken, parameters, feeds))).toBe("INVALID_GRAPH");
  });

  test("refuses what a backend refuses", async () => {
    const graph = smallNet();
    expect(await codeOf(runOracle(graph, {}, feeds))).toBe("INVALID_WEIGHTS");
    expect(await codeOf(runOracle(graph, parameters, {}))).toBe("INVALID_FEED");
    expect(await codeOf(runOracle(graph, parameters, { x: float32([1, 3]) }))).toBe("INVALID_FEED");
    expect(await codeOf(runOracle(graph, parameters, feeds, { taps: ["nothing"] }))).toBe("INVALID_GRAPH");
  });

  test("stops at an abort, before and during the run", async () => {
    expect(await codeOf(runOracle(smallNet(), {}, {}, { signal: AbortSignal.abort() }))).toBe("ABORTED");
    const controller = new AbortController();
    const running = codeOf(runOracle(smallNet(), parameters, feeds, { signal: controller.signal }));
    controller.abort();
    expect(await running).toBe("ABORTED");
  });
});

describe("noise", () => {
  const g = graphBuilder("noisy");
  const x = g.input("x", [1, 300]);
  const graph = g.build({ y: g.sigmoid({ x: g.linear({ x, w: g.parameter("w", [4, 300]) }, {}, "product") }) });
  const w = float32(
    [4, 300],
    Float32Array.from({ length: 1200 }, (_, k) => Math.sin(k)),
  );
  const image = float32(
    [1, 300],
    Float32Array.from({ length: 300 }, (_, k) => Math.cos(k)),
  );
  const run = (seed?: number) =>
    runOracle(graph, { w }, { x: image }, { taps: ["product"], noise: seed === undefined ? undefined : { seed } });

  test("is the same for the same seed and differs for another", async () => {
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  test("leaves every result a float32, near the exact one, without a magnitude", async () => {
    const [exact, noisy] = [await run(), await run(1)];
    for (const [name, { value, magnitude }] of Object.entries(noisy)) {
      expect(value).toEqual(Float64Array.from(Float32Array.from(value)));
      expect(value).not.toEqual(exact[name].value);
      value.forEach((element, k) => expect(element).toBeCloseTo(exact[name].value[k], 4));
      expect(magnitude).toEqual(new Float64Array(value.length));
    }
  });
});

test("unknown options are refused", async () => {
  const g = graphBuilder("net");
  const graph = g.build({ y: g.relu({ x: g.input("x", [1]) }) });
  await expect(runOracle(graph, {}, { x: float32([1]) }, { tap: ["x"] } as never)).rejects.toThrow(
    /^INVALID_ATTRIBUTE: runOracle options.tap: .*Did you mean "taps"\?$/,
  );
});
