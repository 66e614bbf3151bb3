import { elementCount, float32, uniform, type Backend, type Executable } from "@isoconv/core-spec";
import { loadParameters, readWeights } from "@isoconv/weights";
import { createModel, type Model } from "@isoconv/zoo";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { backends } from "./backends.js";

/** The measurements of one load and one run; the process prints them as JSON. */
export interface LoadAndRun {
  readonly runtime: string;
  readonly threads: number;
  readonly weightBytes: number;
  /** Peak resident bytes before the weights were read: Node.js, the libraries and the runtime. */
  readonly baselineBytes: number;
  /** Peak resident bytes at the end. */
  readonly peakBytes: number;
  /** Milliseconds from before the file is read until the network is compiled, and until the first result. */
  readonly loaded: number;
  readonly firstResult: number;
  readonly logits: readonly number[];
}

/** Each thread of a WebAssembly runtime is a worker with its own JavaScript heap, for any network. */
const MOST_THREADS = 4;

/** `ru_maxrss`, which Node.js reports in KiB on every platform. */
function peakResidentBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Like a user's program: after compiling, nothing refers to the file. */
async function load(
  backend: Backend,
  model: Model,
  path: string,
): Promise<{ executable: Executable; weightBytes: number }> {
  const parameters = loadParameters(model.parameters, await readWeights(path, await readFile(path)));
  const weightBytes = Object.values(parameters).reduce((total, { data }) => total + data.byteLength, 0);
  return { executable: await backend.compile(model.graph, parameters), weightBytes };
}

async function loadAndRun(backendId: string, name: string, path: string): Promise<LoadAndRun> {
  const backend = await backends[backendId]?.({ threads: Math.min(MOST_THREADS, availableParallelism()) });
  if (backend === undefined) throw new Error(`there is no backend "${backendId}"`);
  const model = createModel(name);
  const shape = [1, ...model.inputShape.slice(1).map(Number)];
  const input = float32(shape, uniform(1, "input", elementCount(shape), -1, 1));
  const baselineBytes = peakResidentBytes();
  const start = performance.now();
  const { executable, weightBytes } = await load(backend, model, path);
  const loaded = performance.now() - start;
  const { logits } = await executable.run({ input });
  const firstResult = performance.now() - start;
  if (logits === undefined || !logits.data.every(Number.isFinite)) throw new Error("the logits are not finite");
  const { runtime, threads } = backend.capabilities;
  return {
    runtime: `${runtime.name} ${runtime.version}`,
    threads,
    weightBytes,
    baselineBytes,
    peakBytes: peakResidentBytes(),
    loaded,
    firstResult,
    logits: [...logits.data],
  };
}

const [, , backendId = "", name = "", path = ""] = process.argv;
process.stdout.write(JSON.stringify(await loadAndRun(backendId, name, path)), () => process.exit());
