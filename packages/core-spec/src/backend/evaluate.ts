import { IsoconvError } from "../error.js";
import { checkCall } from "../graph/check.js";
import { isRecord } from "../options.js";
import { graphBuilder, type Value } from "../graph/builder.js";
import type { Graph } from "../graph/graph.js";
import { graphToJson } from "../graph/json.js";
import { mapOperands, type AttrsInput, type Inputs, type OpName } from "../registry.js";
import type { Tensor } from "../tensor.js";
import type { Backend, Executable } from "./backend.js";

/** One-node graphs kept per backend; the least recently used is disposed first. */
const CACHED = 64;
const caches = new WeakMap<Backend, Map<string, Promise<Executable>>>();

type AttrsArgument<K extends OpName> =
  Record<never, never> extends AttrsInput<K> ? [attrs?: AttrsInput<K>] : [attrs: AttrsInput<K>];

/**
 * Runs one operation: compiles a one-node graph, cached by operation, shapes and attributes, and feeds it. The inputs
 * must not change before the promise settles.
 *
 * @throws IsoconvError as `GraphBuilder`, `Backend.compile` and `Executable.run`
 */
export async function evaluate<K extends OpName>(
  backend: Backend,
  op: K,
  inputs: Inputs<K, Tensor>,
  ...[attrs]: AttrsArgument<K>
): Promise<Tensor> {
  const feeds: Record<string, Tensor> = {};
  const g = graphBuilder(op);
  checkCall(op, inputs);
  const values = mapOperands<Tensor, Value>(inputs, (tensor, path) => {
    if (!isRecord(tensor)) {
      throw new IsoconvError("INVALID_FEED", {
        op,
        path,
        what: "not a tensor",
        expected: "a float32 tensor",
        received: tensor,
      });
    }
    const name = feedName(path);
    feeds[name] = tensor;
    return g.input(name, tensor.shape);
  });
  const graph = g.build({ y: g.apply(op, values, attrs, "y") });
  const executable = await recall(backend, graph);
  const { y } = await executable.run(feeds);
  if (y === undefined) throw new IsoconvError("EXECUTION_FAILED", { op, what: "the backend returned no output" });
  return y;
}

/** `inputs.xs[1]` as a graph's name for it. */
function feedName(path: string): string {
  return path.replace("inputs.", "").replace("[", ".").replace("]", "");
}

function recall(backend: Backend, graph: Graph): Promise<Executable> {
  const cache = caches.get(backend) ?? new Map<string, Promise<Executable>>();
  caches.set(backend, cache);
  const key = JSON.stringify(graphToJson(graph));
  const executable = cache.get(key) ?? backend.compile(graph, {});
  executable.catch(() => {
    // Only its own entry: after an eviction the key may belong to a newer compilation.
    if (cache.get(key) === executable) cache.delete(key);
  });
  // Deleting and setting moves the entry to the end of the map's order, so the front is the least recently used.
  cache.delete(key);
  cache.set(key, executable);
  const [oldest] = cache;
  if (cache.size > CACHED && oldest !== undefined) {
    cache.delete(oldest[0]);
    // Callers that wait for this executable requested their runs earlier, so those are queued ahead of the disposal.
    oldest[1].then((evicted) => evicted.dispose()).catch(ignore);
  }
  return executable;
}

/** The caller has already received a failed compilation's error; there is nothing to dispose. */
function ignore(): void {}
