import { shapesOf, type Graph } from "../graph/graph.js";
import { definitionOf, mapOperands } from "../registry.js";
import type { Shape } from "../shape.js";
import { NO_FIELD, WHOLE_FIELD, type AxisField } from "./axis-field.js";

/** The pixels of the image that one element of a value depends on, `[height, width]`. */
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
 * Branches that meet count from the first pixel that any of them depends on to the last; those that move over the image
 * at different paces depend on all of it. Sizes are exact but after `convTranspose2d`, `upsample`, and an `adaptiveAvgPool2d` whose
 * windows are uneven: there they are upper bounds, by less than a step of the operand.
 *
 * Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill (2019).
 */
export function receptiveFields(graph: Graph, input = graph.inputs[0]?.name): ReadonlyMap<string, ReceptiveField> {
  const heights = fieldsOf(graph, input, 2);
  const widths = fieldsOf(graph, input, 3);
  return new Map(
    [...heights].map(([name, height]) => {
      const both = [height, widths.get(name) ?? height] as const;
      return [name, { size: [sizeOf(both[0]), sizeOf(both[1])], stride: [strideOf(both[0]), strideOf(both[1])] }];
    }),
  );
}

function fieldsOf(graph: Graph, image: string | undefined, axis: 2 | 3): ReadonlyMap<string, AxisField> {
  const shapes = shapesOf(graph);
  const fields = new Map<string, AxisField>();
  for (const { name, shape } of graph.inputs) {
    if (name === image) fields.set(name, shape.length === 4 ? { axis, step: 1, first: 0, last: 0 } : WHOLE_FIELD);
  }
  for (const { name, op, inputs, attrs, shape } of graph.nodes) {
    // Parameters and other inputs do not depend on the image.
    const operands = mapOperands<string, AxisField>(inputs, (value) => fields.get(value) ?? NO_FIELD);
    const operandShapes = mapOperands<string, Shape>(inputs, (value) => shapes.get(value) ?? []);
    fields.set(name, definitionOf(op).receptiveField(operands, operandShapes, attrs, shape));
  }
  return fields;
}

/** Of what floating point leaves of sums of fractions of a step. */
const ROUNDING = 1e-6;

/** The most whole pixels that fit. */
function sizeOf({ first, last }: AxisField): number | null {
  if (first > last) return 0;
  const size = last - first + 1;
  return size === Infinity ? null : Math.floor(size + ROUNDING);
}

function strideOf({ axis, step }: AxisField): number | null {
  return axis === undefined ? null : step;
}
