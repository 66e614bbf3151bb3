import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { runOracle } from "@isoconv/backend-reference";
import { float32, graphBuilder, uniform, type Backend, type Graph, type TensorOf } from "@isoconv/core-spec";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBackend, isAvailable } from "./index.js";

const availability = await isAvailable();
const isRequired = process.env["ISOCONV_REQUIRE_VULKAN"] === "1";

test("this machine has WebGPU for Node", ({ skip }) => {
  if (!availability.available && !isRequired)
    skip(`${availability.reason} ISOCONV_REQUIRE_VULKAN=1 makes this a failure`);
  expect(availability).toEqual({ available: true });
});

test.runIf(process.platform === "linux")(
  "without a driver it is unavailable and the error names what to install",
  async () => {
    const script = `const { createBackend } = await import(${JSON.stringify(new URL("../../dist/node-webgpu/index.js", import.meta.url).href)});
    createBackend().catch(({ code, message }) => console.log(JSON.stringify({ code, message })));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, VK_DRIVER_FILES: "/nowhere.json" },
    });
    expect(JSON.parse(stdout)).toEqual({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/onnxruntime-node finds no GPU for WebGPU: .+\. Install libvulkan1 and/) as string,
    });
  },
);

describe.runIf(availability.available)("onnx-node-webgpu", () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await createBackend();
  });
  afterAll(() => backend.dispose());

  test("declares its capabilities", () => {
    const { device, arithmetic, convAlgorithm, nonFinite, subnormals } = backend.capabilities;
    expect(backend.id).toBe("onnx-node-webgpu");
    expect({ device, arithmetic, convAlgorithm, nonFinite, subnormals }).toEqual({
      device: "gpu",
      arithmetic: "f32",
      convAlgorithm: "direct",
      nonFinite: "indeterminate",
      subnormals: "flushed",
    });
  });

  /** Graphs for which the provider's own kernels, or its usual layout, give wrong results or fall back to the CPU. */
  const graphs: Record<string, () => Graph> = {
    "a 1×1 convolution of 6 channels at stride 2": () => {
      const g = graphBuilder("pointwise");
      const x = g.input("x", ["N", 6, 7, 8]);
      return g.build({ y: g.conv2d({ x, w: g.parameter("w", [4, 6, 1, 1]) }, { strides: [2, 2] }) });
    },
    "a batch norm of vectors": () => {
      const g = graphBuilder("vectors");
      const x = g.input("x", ["N", 8]);
      const [mean, variance] = [g.parameter("mean", [8]), g.parameter("variance", [8])];
      return g.build({ y: g.batchNorm({ x, mean, variance }, { epsilon: 0.1 }) });
    },
    "a logSoftmax": () => {
      const g = graphBuilder("log");
      return g.build({ y: g.logSoftmax({ x: g.input("x", ["N", 5, 3]) }, { axis: 1 }) });
    },
    "a layer norm along any axis": () => {
      const g = graphBuilder("layer");
      const x = g.input("x", ["N", 6, 5]);
      const [scale, offset] = [g.parameter("scale", [6]), g.parameter("offset", [6])];
      return g.build({
        whole: g.layerNorm({ x, scale, offset }, { axis: 1, epsilon: 1e-5 }),
        scaled: g.layerNorm({ x, scale }, { axis: 1, epsilon: 1e-5 }),
        moved: g.layerNorm({ x, offset }, { axis: 1, epsilon: 1e-5 }),
        bare: g.layerNorm({ x }, { axis: 2, epsilon: 1e-5 }),
      });
    },
  };

  test.for(Object.entries(graphs))("agrees with the oracle on %s", async ([, build]) => {
    const graph = build();
    const draw = (name: string, shape: readonly (number | "N")[]): TensorOf<"float32"> => {
      const extents = shape.map((extent) => (extent === "N" ? 2 : extent));
      return float32(
        extents,
        uniform(
          1,
          name,
          extents.reduce((a, b) => a * b, 1),
          0.5,
          2,
        ),
      );
    };
    const parameters = Object.fromEntries(graph.parameters.map(({ name, shape }) => [name, draw(name, shape)]));
    const feeds = Object.fromEntries(graph.inputs.map(({ name, shape }) => [name, draw(name, shape)]));
    await using executable = await backend.compile(graph, parameters, { passes: [] });
    const results = await executable.run(feeds);
    for (const [name, { value }] of Object.entries(await runOracle(graph, parameters, feeds))) {
      expect([...results[name].data]).toEqual([...value].map((y) => expect.closeTo(y, 5) as number));
    }
  });

  test("reports OUT_OF_MEMORY and stays usable", async () => {
    const g = graphBuilder("absurd");
    const x = g.input("x", ["N", 1, 1, 1]);
    const enlarged = g.pad2d({ x }, { pads: [0, 0, 46_000, 46_000] }, "enlarge");
    await using executable = await backend.compile(g.build({ y: enlarged }), {});
    await expect(executable.run({ x: float32([1, 1, 1, 1]) })).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    const small = graphBuilder("small");
    await using next = await backend.compile(small.build({ y: small.relu({ x: small.input("x", ["N", 2]) }) }), {});
    expect([...(await next.run({ x: float32([1, 2], [-1, 1]) }))["y"].data]).toEqual([0, 1]);
  });

  test("stops when the caller aborts", async () => {
    const g = graphBuilder("small");
    await using executable = await backend.compile(g.build({ y: g.relu({ x: g.input("x", ["N", 2]) }) }), {});
    const controller = new AbortController();
    const run = executable.run({ x: float32([1, 2]) }, { signal: controller.signal });
    controller.abort("enough");
    await expect(run).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  });
});
