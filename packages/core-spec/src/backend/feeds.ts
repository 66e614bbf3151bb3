import { IsoconvError } from "../error.js";
import type { Graph, ValueSpec } from "../graph/graph.js";
import { bindShape, elementCount, formatShape, isSymbolic, MOST_ELEMENTS, type Shape } from "../shape.js";
import { ownTensor, ownValue, type Tensor, type TensorOf } from "../tensor.js";
import type { Feeds } from "./backend.js";
import type { DeviceLimits } from "./capabilities.js";

/** Feeds checked against a graph, in the order of its inputs, and their common batch size. */
export interface BoundFeeds {
  /** The value of the symbolic batch; 1 in a graph without one. */
  readonly batch: number;
  readonly tensors: ReadonlyMap<string, TensorOf<"float32">>;
}

/**
 * Checks feeds and copies them, so that the caller may reuse its arrays immediately.
 *
 * @throws IsoconvError `INVALID_FEED` or `INVALID_DTYPE`
 */
export function bindFeeds(graph: Graph, feeds: Feeds): BoundFeeds {
  return copyFeeds(checkFeeds(graph, feeds));
}

export function copyFeeds({ batch, tensors }: BoundFeeds): BoundFeeds {
  const copies = new Map<string, TensorOf<"float32">>();
  for (const [name, { shape, data }] of tensors) {
    copies.set(name, { dtype: "float32", shape: [...shape], data: new Float32Array(data) });
  }
  return { batch, tensors: copies };
}

/**
 * Checks feeds without copying. Read the tensors before control returns to the caller, who may change them.
 *
 * @throws IsoconvError `INVALID_FEED` or `INVALID_DTYPE`
 */
export function checkFeeds(graph: Graph, feeds: Feeds): BoundFeeds {
  if (typeof feeds !== "object" || feeds === null) {
    throw new IsoconvError("INVALID_FEED", {
      path: "feeds",
      what: "feeds are not an object",
      expected: "tensors by name",
      received: feeds,
    });
  }
  const tensors = new Map<string, TensorOf<"float32">>();
  let batch: number | undefined;
  for (const input of graph.inputs) {
    let tensor = ownValue(feeds, input.name);
    // Only what is refused is looked at again: an array of another realm is converted.
    if (!isFeed(tensor, input.shape)) tensor = foreignFeed(tensor);
    if (!isFeed(tensor, input.shape)) throw refusal(tensor, input);
    if (input.shape[0] === "N") {
      const given = tensor.shape[0];
      if (batch !== undefined && given !== batch) {
        throw new IsoconvError("INVALID_FEED", {
          path: pathOf(input.name),
          what: "feeds disagree on the batch size",
          expected: `${batch}`,
          received: given,
        });
      }
      batch = given;
    }
    tensors.set(input.name, tensor);
  }
  const names = Object.keys(feeds);
  for (const name of names.length === tensors.size ? [] : names) {
    if (tensors.has(name)) continue;
    const expected = graph.inputs.map((input) => input.name).join(", ");
    throw new IsoconvError("INVALID_FEED", {
      path: pathOf(name),
      what: "no such input",
      expected,
      received: name,
    });
  }
  return { batch: batch ?? 1, tensors };
}

function pathOf(name: string): string {
  return `feeds["${name}"]`;
}

/**
 * The check of every run. It allocates nothing, because a small network runs in 40 µs. On a failure {@link refusal}
 * finds the reason.
 */
function isFeed(tensor: Tensor | undefined, expected: Shape): tensor is TensorOf<"float32"> {
  if (typeof tensor !== "object" || tensor === null || tensor.dtype !== "float32") return false;
  const { shape, data } = tensor;
  if (!(data instanceof Float32Array) || !Array.isArray(shape) || shape.length !== expected.length) return false;
  let count = 1;
  for (let axis = 0; axis < expected.length; axis += 1) {
    const extent: unknown = shape[axis];
    if (extent !== expected[axis] && !(expected[axis] === "N" && isCount(extent))) return false;
    count *= Number(extent);
  }
  return data.length === count;
}

function foreignFeed(tensor: Tensor | undefined): Tensor | undefined {
  return typeof tensor === "object" && tensor !== null ? ownTensor(tensor) : tensor;
}

function refusal(tensor: Tensor | undefined, { name, shape: expected }: ValueSpec): IsoconvError {
  const path = pathOf(name);
  if (typeof tensor !== "object" || tensor === null) {
    return new IsoconvError("INVALID_FEED", {
      path,
      what: "input not fed",
      expected: `a float32 tensor ${formatShape(expected)}`,
      received: tensor,
    });
  }
  if (tensor.dtype !== "float32" || !(tensor.data instanceof Float32Array)) {
    return new IsoconvError("INVALID_DTYPE", {
      path,
      what: "feed of the wrong dtype",
      expected: "float32",
      received: tensor.dtype === "float32" ? tensor.data : tensor.dtype,
    });
  }
  const { shape, data } = tensor;
  const fits =
    Array.isArray(shape) &&
    shape.length === expected.length &&
    expected.every((extent, axis) => extent === shape[axis] || (extent === "N" && isCount(shape[axis])));
  if (!fits) {
    return new IsoconvError("INVALID_FEED", {
      path,
      what: "feed of the wrong shape",
      expected: formatShape(expected),
      received: shape,
    });
  }
  return new IsoconvError("INVALID_FEED", {
    path,
    what: "the data does not fill the shape",
    expected: `${elementCount(shape)} elements`,
    received: data.length,
    hint: "An array whose buffer was transferred has no elements",
  });
}

function isCount(extent: unknown): boolean {
  return typeof extent === "number" && Number.isSafeInteger(extent) && extent >= 0;
}

/** The number of elements a tensor may have on a device, from its declared limits. */
export function mostElements(limits: DeviceLimits | undefined): number {
  return Math.min(MOST_ELEMENTS, Math.floor((limits?.arrayBytes ?? Infinity) / Float32Array.BYTES_PER_ELEMENT));
}

/** The largest batch at which no value of the graph has more than `most` elements. */
export function largestBatch({ inputs, nodes }: Graph, most: number): number {
  const perItem = [...inputs, ...nodes]
    .filter(({ shape }) => isSymbolic(shape))
    .map(({ shape }) => elementCount(bindShape(shape, 1)));
  return Math.floor(most / Math.max(1, ...perItem));
}

export function batchTooLarge(received: number, largest: number, most: number): IsoconvError {
  return new IsoconvError("INVALID_FEED", {
    path: "feeds",
    what: "the batch makes a value of the graph too large",
    expected: `a batch of at most ${largest} (${most} elements a tensor)`,
    received,
    hint: "Run the batch in parts",
  });
}

/** The graph's outputs as empty tensors when every output is empty; `undefined` otherwise. */
export function emptyResults(
  graph: Graph,
  shapes: ReadonlyMap<string, ValueSpec["shape"]>,
  batch: number,
): Record<string, Tensor> | undefined {
  const results: Record<string, Tensor> = {};
  for (const { name, value } of graph.outputs) {
    const shape = bindShape(shapes.get(value) ?? [], batch);
    if (elementCount(shape) > 0) return undefined;
    results[name] = { dtype: "float32", shape, data: new Float32Array(0) };
  }
  return results;
}
