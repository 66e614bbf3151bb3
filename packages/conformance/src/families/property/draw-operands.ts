import {
  definitionOf,
  type AnyInputs,
  type AttributeValue,
  sameShape,
  type OpName,
  type Shape,
} from "@isoconv/core-spec";
import type { Choose } from "./choose.js";
import type { DrawnWindow } from "./draw-window.js";
import type { Sketch, SketchValue } from "./sketch.js";

/** The largest element of what is fed, and of parameters. */
export const FED = 2;

/** Heights and widths. */
const EXTENTS = [1, 2, 3, 4, 5, 6, 7];

type Attrs = Readonly<Record<string, AttributeValue>>;

/** The operand a node works on: one of the latest values whose rank fits, or a new input. */
export function drawMain(op: OpName, batch: Shape[number], sketch: Sketch, choose: Choose): SketchValue {
  const needsImage = (definitionOf(op).inputs["x"]?.layout ?? "").startsWith("[N, C, H, W]");
  const image = (): Shape => [batch, choose([1, 2, 3, 4]), choose(EXTENTS), choose(EXTENTS)];
  const features = (): Shape => [batch, choose([1, 3, 5, 8])];
  const sequence = (): Shape => [batch, choose([1, 2, 3, 4]), choose([1, 3, 5])];
  const fits = sketch.values.filter((value) => (needsImage ? value.shape.length === 4 : value.shape.length > 1));
  // One node in five starts a branch of its own.
  const isNew = choose([false, false, false, false, true]);
  if (fits.length === 0 || isNew) {
    const shapeOf = needsImage ? image : choose([features, image, image, sequence]);
    return sketch.fresh("input", "x", shapeOf(), FED);
  }
  const siblings = JOINS.has(op) ? fits.filter((value) => fits.some((other) => isSibling(value, other))) : [];
  return choose(siblings.length > 0 ? siblings : [fits[0], ...fits]);
}

/** Where branches meet, if there are any. */
const JOINS: ReadonlySet<OpName> = new Set(["add", "mul", "concat"]);

function isSibling(value: SketchValue, other: SketchValue): boolean {
  return value.name !== other.name && sameShape(value.shape, other.shape);
}

/** All operands of a node beside its main one. */
export function drawOperands(
  op: OpName,
  main: SketchValue,
  attrs: Attrs,
  { kernel }: DrawnWindow,
  sketch: Sketch,
  choose: Choose,
): AnyInputs<SketchValue> {
  const parameter = (stem: string, shape: Shape): SketchValue => sketch.fresh("parameter", stem, shape, 1);
  const maybe = (stem: string, shape: Shape): Readonly<Record<string, SketchValue>> =>
    choose([false, true]) ? { [stem]: parameter(stem, shape) } : {};
  const [, channels] = main.shape.map(Number);
  switch (op) {
    case "conv2d": {
      const groups = Number(attrs["groups"]);
      const out = groups * choose([1, 2, 3]);
      const w = parameter("w", [out, channels / groups, ...kernel]);
      return { x: main, w, ...maybe("bias", [out]) };
    }
    case "convTranspose2d": {
      const perGroup = choose([1, 2, 3]);
      const w = parameter("w", [channels, perGroup, ...kernel]);
      return { x: main, w, ...maybe("bias", [perGroup * Number(attrs["groups"])]) };
    }
    case "linear": {
      const out = choose([1, 2, 3, 7]);
      return { x: main, w: parameter("w", [out, Number(main.shape.at(-1))]), ...maybe("bias", [out]) };
    }
    case "batchNorm": {
      const statistics = { mean: parameter("mean", [channels]), variance: parameter("variance", [channels]) };
      return { x: main, ...statistics, ...maybe("scale", [channels]), ...maybe("offset", [channels]) };
    }
    case "layerNorm": {
      const extent = [Number(main.shape[Number(attrs["axis"])])];
      return { x: main, ...maybe("scale", extent), ...maybe("offset", extent) };
    }
    case "add":
    case "mul": {
      const [a, b] = choose([(other: SketchValue) => [main, other], (other: SketchValue) => [other, main]])(
        drawPartner(main, sketch, choose),
      );
      return { a, b };
    }
    case "concat":
      return { xs: drawJoined(main, Number(attrs["axis"]), sketch, choose) };
    default:
      return { x: main };
  }
}

/** What broadcasts against a value: a branch of the same shape, a new input, or a parameter for each channel. */
function drawPartner(main: SketchValue, sketch: Sketch, choose: Choose): SketchValue {
  const stretched = main.shape.map((extent, axis) => (axis === 1 ? extent : 1));
  const branches = sketch.values.filter((value) => isSibling(main, value));
  const fresh = [
    sketch.fresh("parameter", "c", stretched.slice(1), 1),
    sketch.fresh("input", "x", main.shape, FED),
    sketch.fresh("input", "x", [main.shape[0], ...stretched.slice(1)], FED),
    sketch.fresh("parameter", "c", [1], 1),
    main,
  ];
  return choose(branches.length === 0 ? fresh : [...fresh, ...Array.from({ length: 4 }, () => branches).flat()]);
}

/** One to three values of equal shape but for an axis; the operand comes first or last. */
function drawJoined(main: SketchValue, axis: number, sketch: Sketch, choose: Choose): readonly SketchValue[] {
  const fits = sketch.values.filter(
    ({ shape }) =>
      shape.length === main.shape.length && shape.every((extent, k) => k === axis || extent === main.shape[k]),
  );
  const other = (): SketchValue =>
    choose([sketch.fresh("input", "x", main.shape.with(axis, choose([1, 2, 3])), FED), ...fits, ...fits]);
  const count = choose([1, 0, 2]);
  const others = Array.from({ length: count }, other);
  return choose([false, true]) ? [...others, main] : [main, ...others];
}
