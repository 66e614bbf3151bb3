import { exact } from "../accuracy.js";
import { reshapeField } from "../analysis/axis-field.js";
import { IsoconvError, type Location } from "../error.js";
import { integers } from "../list-attributes.js";
import { defineOp, shapeError, type OpDoc } from "../op.js";
import { tensor } from "../operand.js";
import { formatShape, type Dim, type Shape } from "../shape.js";

export const reshapeDoc: OpDoc<typeof reshape> = {
  summary: "The same elements in another shape.",
  formula: "y[k] = x[k] in row-major order",
  notes: ["One extent may be −1 and is inferred. A symbolic batch stays the first axis: write it as −1."],
  inputs: { x: "Input." },
  attrs: { shape: "The new shape." },
  example: { inputs: { x: ["N", 3, 8, 8] }, attrs: { shape: [-1, 3, 64] } },
};

export const reshape = defineOp({
  name: "reshape",
  family: "movement",
  inputs: { x: tensor() },
  attrs: { shape: integers({ min: -1 }) },
  special: { nan: "moved", signedZero: "kept" },
  exactOnIntegers: () => true,
  infer: ({ x }, { shape }, at) => resolve(x, shape, { ...at, path: "attrs.shape" }),
  receptiveField: (fields, { x }, _attrs, output) => reshapeField(fields.x, x, output),
  accuracy: () => exact,
});

function resolve(from: Shape, to: readonly number[], at: Location): Shape {
  const inferred = to.indexOf(-1);
  if (inferred !== to.lastIndexOf(-1)) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      ...at,
      what: "more than one inferred extent",
      expected: "at most one −1",
      received: to,
    });
  }
  const count = (shape: Shape): number =>
    shape.reduce<number>((product, extent) => product * (extent === "N" ? 1 : extent), 1);
  const mismatch = (): Error =>
    shapeError(at, "the element counts differ", `the elements of ${formatShape(from)}`, formatShape(to));
  const given = count(to.filter((extent) => extent !== -1));
  if (from.includes("N")) {
    if (inferred !== 0 || given !== count(from)) throw mismatch();
    return to.map((extent): Dim => (extent === -1 ? "N" : extent));
  }
  const total = count(from);
  if (inferred === -1) {
    if (given !== total) throw mismatch();
    return to;
  }
  if (given === 0 || total % given !== 0) throw mismatch();
  return to.map((extent) => (extent === -1 ? total / given : extent));
}
