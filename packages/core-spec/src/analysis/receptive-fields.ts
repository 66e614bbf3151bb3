import { shapesOf, type Graph, type NodeOf } from "../graph/graph.js";
import type { OpName } from "../registry.js";
import { BLIND, WHOLE, type Sight } from "./sight.js";
import { sightRules, type Operand } from "./sight-rules.js";

/** What one element of a value sees of the image, `[height, width]`. */
export interface ReceptiveField {
  /**
   * Rows and columns of the image that the element depends on, in the padding too, so that it may exceed the image. `null`
   * where it may depend on all of them: after a global pool, a flatten or a linear layer. 0 for what depends on none.
   */
  readonly size: readonly [height: number | null, width: number | null];
  /** Rows and columns of the image from one element to the next; `null` where no axis of the value runs along the image. */
  readonly stride: readonly [height: number | null, width: number | null];
}

/**
 * The receptive field of each value with respect to an image `[N, C, H, W]`, the graph's first input unless named.
 *
 * Branches that meet count from the first pixel that any of them sees to the last; those that move over the image at
 * different paces see all of it. Sizes are exact but after `convTranspose2d`, `upsample`, and an `adaptiveAvgPool2d` whose
 * windows are uneven: there they are upper bounds, by less than a step of the operand.
 *
 * Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill (2019).
 */
export function receptiveFields(graph: Graph, input = graph.inputs[0]?.name): ReadonlyMap<string, ReceptiveField> {
  const heights = sightsOf(graph, input, 2);
  const widths = sightsOf(graph, input, 3);
  return new Map(
    [...heights].map(([name, height]) => {
      const both = [height, widths.get(name) ?? height] as const;
      return [name, { size: [sizeOf(both[0]), sizeOf(both[1])], stride: [strideOf(both[0]), strideOf(both[1])] }];
    }),
  );
}

function sightsOf(graph: Graph, image: string | undefined, axis: 2 | 3): ReadonlyMap<string, Sight> {
  const shapes = shapesOf(graph);
  const sights = new Map<string, Sight>();
  for (const { name, shape } of graph.inputs) {
    if (name === image) sights.set(name, shape.length === 4 ? { axis, step: 1, first: 0, last: 0 } : WHOLE);
  }
  // Parameters and other inputs do not depend on the image.
  const operandOf = (name: string): Operand => ({ sight: sights.get(name) ?? BLIND, shape: shapes.get(name) ?? [] });
  for (const node of graph.nodes) sights.set(node.name, sightOf(node, operandOf));
  return sights;
}

function sightOf<K extends OpName>(node: NodeOf<K>, operandOf: (name: string) => Operand): Sight {
  return sightRules[node.op](node, operandOf);
}

/** Of what floating point leaves of sums of fractions of a step. */
const ROUNDING = 1e-6;

/** The most whole pixels that fit. */
function sizeOf({ first, last }: Sight): number | null {
  if (first > last) return 0;
  const size = last - first + 1;
  return size === Infinity ? null : Math.floor(size + ROUNDING);
}

function strideOf({ axis, step }: Sight): number | null {
  return axis === undefined ? null : step;
}
