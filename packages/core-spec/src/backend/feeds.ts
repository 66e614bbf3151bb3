import { IsoconvError } from "../error.js";
import type { Graph, ValueSpec } from "../graph/graph.js";
import { bindShape, elementCount, formatShape } from "../shape.js";
import type { Tensor, TensorOf } from "../tensor.js";
import type { Feeds } from "./backend.js";

/** Feeds checked against a graph, copied, in the order of its inputs; and the batch size they agree on. */
export interface BoundFeeds {
  /** What the symbolic batch stands for; 1 in a graph without one. */
  readonly batch: number;
  readonly tensors: ReadonlyMap<string, TensorOf<"float32">>;
}

/**
 * Checks feeds and takes a copy, so that the caller may reuse its arrays at once.
 *
 * @throws IsoconvError `INVALID_FEED` or `INVALID_DTYPE`
 */
export function bindFeeds(graph: Graph, feeds: Feeds): BoundFeeds {
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
    const tensor = Object.hasOwn(feeds, input.name) ? feeds[input.name] : undefined;
    const path = `feeds["${input.name}"]`;
    checkFeed(tensor, input, path);
    if (input.shape[0] === "N") {
      const given = tensor.shape[0];
      if (batch !== undefined && given !== batch) {
        throw new IsoconvError("INVALID_FEED", {
          path,
          what: "feeds disagree on the batch size",
          expected: `${batch}`,
          received: given,
        });
      }
      batch = given;
    }
    tensors.set(input.name, { dtype: "float32", shape: [...tensor.shape], data: tensor.data.slice() });
  }
  for (const name of Object.keys(feeds)) {
    if (tensors.has(name)) continue;
    const expected = graph.inputs.map((input) => input.name).join(", ");
    throw new IsoconvError("INVALID_FEED", {
      path: `feeds["${name}"]`,
      what: "no such input",
      expected,
      received: name,
    });
  }
  return { batch: batch ?? 1, tensors };
}

function checkFeed(tensor: Tensor | undefined, input: ValueSpec, path: string): asserts tensor is TensorOf<"float32"> {
  if (typeof tensor !== "object" || tensor === null) {
    throw new IsoconvError("INVALID_FEED", {
      path,
      what: "input not fed",
      expected: `a float32 tensor ${formatShape(input.shape)}`,
      received: tensor,
    });
  }
  if (tensor.dtype !== "float32" || !(tensor.data instanceof Float32Array)) {
    throw new IsoconvError("INVALID_DTYPE", {
      path,
      what: "feed of the wrong dtype",
      expected: "float32",
      received: tensor.dtype === "float32" ? tensor.data : tensor.dtype,
    });
  }
  const { shape, data } = tensor;
  const fits =
    Array.isArray(shape) &&
    shape.length === input.shape.length &&
    input.shape.every((extent, axis) => extent === shape[axis] || (extent === "N" && isCount(shape[axis])));
  if (!fits) {
    throw new IsoconvError("INVALID_FEED", {
      path,
      what: "feed of the wrong shape",
      expected: formatShape(input.shape),
      received: shape,
    });
  }
  if (data.length !== elementCount(shape)) {
    throw new IsoconvError("INVALID_FEED", {
      path,
      what: "the data does not fill the shape",
      expected: `${elementCount(shape)} elements`,
      received: data.length,
      hint: "An array whose buffer was transferred has no elements",
    });
  }
}

function isCount(extent: unknown): boolean {
  return typeof extent === "number" && Number.isSafeInteger(extent) && extent >= 0;
}

/** The graph's outputs as empty tensors, when that is what they all are; `undefined` otherwise. */
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
