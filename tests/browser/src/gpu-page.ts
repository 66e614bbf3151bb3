import { float32, graphBuilder, isIsoconvError, type Backend, type Executable } from "@isoconv/core-spec";
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { engine } from "@tensorflow/tfjs-core";

/** The outcome of an action that may be refused. */
export interface Outcome {
  readonly code: string;
  readonly message: string;
  readonly cause: string;
}

/** Ways to make a GPU really fail, run in the page; the tests compare their outcomes. */
export interface GpuScenarios {
  /** Destroys the device during a run, then compiles again. */
  loseDevice(id: GpuBackendId): Promise<{
    readonly during: Outcome;
    readonly afterwards: Outcome;
    readonly recompiled: readonly number[];
    readonly stale: Outcome;
  }>;
  /** Makes intermediate results larger than the device allows, then runs something small. */
  exhaust(id: GpuBackendId): Promise<{ readonly failed: Outcome; readonly small: readonly number[] }>;
  /** Compiles a linear layer; if that succeeds, runs it and counts the wrong results. */
  linear(id: GpuBackendId, inputs: number, outputs: number): Promise<Outcome | { readonly wrong: number }>;
  /** Runs a linear layer over averages, then over maxima that are the same numbers. */
  pooled(id: GpuBackendId): Promise<{ readonly averages: readonly number[]; readonly maxima: readonly number[] }>;
  /** Runs `gelu` on vectors of 0 and 10, which it returns, and counts the wrong results of each. */
  gelu(id: GpuBackendId, counts: readonly number[]): Promise<readonly number[]>;
  /** Runs an operation that returns the number of which its input consists. */
  unchanged(id: GpuBackendId, op: "depthwise" | "maxPool2d" | "leakyRelu", x: number): Promise<number | undefined>;
  /** Runs a convolution with `relu` whose sums overflow to −∞. */
  overflow(id: GpuBackendId): Promise<readonly number[]>;
}

export type GpuBackendId = "tfjs-webgl" | "tfjs-webgpu";

declare global {
  interface Window {
    gpu?: GpuScenarios;
  }
}

const devices: GPUDevice[] = [];

/** Records the devices that backends open, so that the page can destroy them. */
function watchDevices(gpu: GPU): void {
  const requestAdapter = gpu.requestAdapter.bind(gpu);
  gpu.requestAdapter = async (options) => {
    const adapter = await requestAdapter(options);
    if (adapter === null) return null;
    const requestDevice = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await requestDevice(descriptor);
      devices.push(device);
      return device;
    };
    return adapter;
  };
}
watchDevices(navigator.gpu);

async function create(id: GpuBackendId): Promise<Backend> {
  if (id === "tfjs-webgpu") return (await import("@isoconv/backend-tfjs/webgpu")).createBackend();
  return (await import("@isoconv/backend-tfjs/webgl")).createBackend({ software: true });
}

function lose(id: GpuBackendId): void {
  if (id === "tfjs-webgpu") devices.at(-1)?.destroy();
  else {
    // As after a reset of the GPU, when the browser restores the context by itself.
    const control = contextOf(engine().registry["webgl"]).getExtension("WEBGL_lose_context");
    control?.loseContext();
    setTimeout(() => control?.restoreContext());
  }
}

function contextOf(backend: object | undefined): WebGLRenderingContext {
  if (backend instanceof MathBackendWebGL) return backend.gpgpu.gl;
  throw new Error("TensorFlow.js runs no WebGL backend");
}

/** y = 10·relu(x₀ + 1) + 100·relu(x₁ − 1) */
async function compileSmall(backend: Backend): Promise<Executable> {
  const g = graphBuilder("small");
  const sum = g.add({ a: g.input("x", ["N", 2]), b: g.parameter("b", [2]) });
  const y = g.linear({ x: g.relu({ x: sum }), w: g.parameter("w", [1, 2]) });
  return backend.compile(g.build({ y }), { b: float32([2], [1, -1]), w: float32([1, 2], [10, 100]) });
}

async function runSmall(executable: Executable): Promise<readonly number[]> {
  const { y } = await executable.run({ x: float32([1, 2], [1, 3]) });
  return [...(y?.data ?? [])];
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
  } catch (error) {
    if (!isIsoconvError(error)) return { code: "none", message: String(error), cause: "" };
    const { code, message, cause } = error;
    return { code, message, cause: cause instanceof Object ? String(Reflect.get(cause, "message")) : String(cause) };
  }
  return { code: "none", message: "nothing was refused", cause: "" };
}

window.gpu = {
  async loseDevice(id) {
    await using backend = await create(id);
    const executable = await compileSmall(backend);
    await runSmall(executable);
    const running = runSmall(executable);
    lose(id);
    const during = await outcomeOf(running);
    const afterwards = await outcomeOf(runSmall(executable));
    await new Promise((resolve) => void setTimeout(resolve, 100));
    const again = await compileSmall(backend);
    return { during, afterwards, recompiled: await runSmall(again), stale: await outcomeOf(runSmall(executable)) };
  },
  async exhaust(id) {
    await using backend = await create(id);
    const small = await compileSmall(backend);
    // The zeros inserted between the input's elements make an array of 2³⁰ elements.
    const g = graphBuilder("spread");
    const x = g.input("x", [1, 1024, 64, 64]);
    const y = g.convTranspose2d({ x, w: g.parameter("w", [1024, 1, 1, 1]) }, { strides: [16, 16] });
    const spread = await backend.compile(g.build({ y }), { w: float32([1024, 1, 1, 1]) });
    const failed = await outcomeOf(spread.run({ x: float32([1, 1024, 64, 64]) }));
    return { failed, small: await runSmall(small) };
  },
  async linear(id, inputs, outputs) {
    await using backend = await create(id);
    const g = graphBuilder("wide");
    const y = g.linear({ x: g.input("x", ["N", inputs]), w: g.parameter("w", [outputs, inputs]) });
    // Row o has a single 1 at a column of its own and zeros elsewhere, so y repeats chosen elements of x exactly.
    const w = new Float32Array(inputs * outputs);
    const columnOf = (row: number): number => (row * 7919 + 13) % inputs;
    for (let row = 0; row < outputs; row += 1) w[row * inputs + columnOf(row)] = 1;
    const x = Float32Array.from({ length: inputs }, (_, index) => index);
    try {
      await using executable = await backend.compile(g.build({ y }), { w: float32([outputs, inputs], w) });
      const results = await executable.run({ x: float32([1, inputs], x) });
      return { wrong: [...(results["y"]?.data ?? [])].filter((value, row) => value !== columnOf(row)).length };
    } catch (error) {
      return outcomeOf(Promise.reject(error));
    }
  },
  async pooled(id) {
    await using backend = await create(id);
    // Neighbours are equal, so either way of pooling a pair of them gives the features 0 … 23, in three rows.
    const data = Array.from({ length: 48 }, (_, index) => Math.floor(index / 2));
    const resultOf = async (op: "globalAvgPool2d" | "maxPool2d"): Promise<readonly number[]> => {
      const g = graphBuilder(op);
      const shape = op === "maxPool2d" ? [3, 2, 4, 2] : [3, 8, 1, 2];
      const x = g.input("x", shape);
      const image = op === "maxPool2d" ? g.maxPool2d({ x }, { kernel: [1, 2] }) : g.globalAvgPool2d({ x });
      const y = g.linear({ x: g.flatten({ x: image }), w: g.parameter("w", [1, 8]) });
      const w = float32([1, 8], [1, 2, 3, 4, 5, 6, 7, 8]);
      await using executable = await backend.compile(g.build({ y }), { w });
      return [...((await executable.run({ x: float32(shape, data) }))["y"]?.data ?? [])];
    };
    return { averages: await resultOf("globalAvgPool2d"), maxima: await resultOf("maxPool2d") };
  },
  async gelu(id, counts) {
    await using backend = await create(id);
    const wrong: number[] = [];
    for (const count of counts) {
      const g = graphBuilder("gelu");
      await using executable = await backend.compile(g.build({ y: g.gelu({ x: g.input("x", [count]) }) }), {});
      const x = new Float32Array(count).fill(10, count / 2);
      const { y } = await executable.run({ x: float32([count], x) });
      wrong.push([...(y?.data ?? [])].filter((value, index) => value !== x[index]).length);
    }
    return wrong;
  },
  async unchanged(id, op, number) {
    await using backend = await create(id);
    const g = graphBuilder(op);
    const x = g.input("x", [1, 2, 2, 4]);
    const [y, parameters] =
      op === "depthwise"
        ? [g.conv2d({ x, w: g.parameter("w", [2, 1, 1, 1]) }, { groups: 2 }), { w: float32([2, 1, 1, 1], [1, 1]) }]
        : [op === "maxPool2d" ? g.maxPool2d({ x }, { kernel: [2, 2] }) : g.leakyRelu({ x }, { slope: 2 }), {}];
    await using executable = await backend.compile(g.build({ y }), parameters);
    return (await executable.run({ x: float32([1, 2, 2, 4], new Float32Array(16).fill(number)) }))["y"]?.data[1];
  },
  async overflow(id) {
    await using backend = await create(id);
    const g = graphBuilder("overflow");
    const x = g.input("x", [1, 1, 2, 2]);
    const y = g.conv2d({ x, w: g.parameter("w", [1, 1, 2, 1]) }, { activation: "relu" });
    await using executable = await backend.compile(g.build({ y }), { w: float32([1, 1, 2, 1], [-(2 ** 100), -1]) });
    const results = await executable.run({ x: float32([1, 1, 2, 2], new Float32Array(4).fill(2 ** 100)) });
    return [...(results["y"]?.data ?? [])];
  },
};
