import { graphBuilder, type Value } from "../graph/builder.js";
import { IsoconvError } from "../error.js";
import { mapOperands, type AttrsInput, type Inputs, type OpName } from "../registry.js";
import type { Tensor } from "../tensor.js";
import type { Backend, Executable } from "./backend.js";

/** One-node graphs kept per backend; the oldest is disposed first. */
const CACHED = 64;
const caches = new WeakMap<Backend, Map<string, Promise<Executable>>>();

type AttrsArgument<K extends OpName> =
  Partial<AttrsInput<K>> extends AttrsInput<K> ? [attrs?: AttrsInput<K>] : [attrs: AttrsInput<K>];

/**
 * Runs one operation: compiles a one-node graph, cached by operation, shapes and attributes, and feeds it.
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
  const shapes = mapOperands<Tensor, readonly number[]>(inputs, (tensor, path) => {
    feeds[feedName(path)] = tensor;
    return tensor.shape;
  });
  const cache = cacheOf(backend);
  const key = JSON.stringify([op, shapes, attrs], (_key, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  const executable = await recall(cache, key, () => {
    const g = graphBuilder(op);
    const values = mapOperands<Tensor, Value>(inputs, (tensor, path) => g.input(feedName(path), tensor.shape));
    const y = g.apply(op, values, attrs, "y");
    return backend.compile(g.build({ y }), {});
  });
  const { y } = await executable.run(feeds);
  if (y === undefined) throw new IsoconvError("EXECUTION_FAILED", { op, what: "the backend returned no output" });
  return y;
}

/** `inputs.xs[1]` as a graph's name for it. */
function feedName(path: string): string {
  return path.replace("inputs.", "").replace("[", ".").replace("]", "");
}

function cacheOf(backend: Backend): Map<string, Promise<Executable>> {
  const cache = caches.get(backend) ?? new Map<string, Promise<Executable>>();
  caches.set(backend, cache);
  return cache;
}

function recall(
  cache: Map<string, Promise<Executable>>,
  key: string,
  compile: () => Promise<Executable>,
): Promise<Executable> {
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const compiled = compile();
  cache.set(key, compiled);
  compiled.catch(() => cache.delete(key));
  const [oldest] = cache;
  if (cache.size > CACHED && oldest !== undefined) {
    cache.delete(oldest[0]);
    void oldest[1].then((executable) => executable.dispose());
  }
  return compiled;
}
