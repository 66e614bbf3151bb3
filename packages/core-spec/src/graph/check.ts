import { IsoconvError, type Location } from "../error.js";
import { didYouMean } from "../nearest-name.js";
import { shapeError } from "../op.js";
import { isRecord } from "../options.js";
import { isOpName, opNames, type OpName } from "../registry.js";
import { formatShape, MAX_RANK, MOST_ELEMENTS, type Dim, type Shape } from "../shape.js";

/**
 * PyTorch's dotted paths, slashes and colons. Excludes characters that reports and files would have to escape, and
 * `__proto__`, which sets an object's prototype when a caller writes it as a key.
 */
const NAME = /^(?!__proto__$)[\w./:-]{1,256}$/;

/** @throws IsoconvError `INVALID_GRAPH` */
export function checkName(name: unknown, path: string): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  throw new IsoconvError("INVALID_GRAPH", {
    path,
    what: "not a usable name",
    expected: "1 to 256 letters, digits or . _ / : -, and not __proto__",
    received: name,
  });
}

/** @throws IsoconvError `INVALID_GRAPH`, with the nearest name */
export function checkOp(op: unknown, path: string): asserts op is OpName {
  if (isOpName(op)) return;
  throw new IsoconvError("INVALID_GRAPH", {
    path,
    what: "unknown op",
    expected: `one of ${opNames.join(", ")}`,
    received: op,
    hint: didYouMean(op, opNames),
  });
}

/** TypeScript's types exclude these values; JSON and plain JavaScript do not. */
export function checkCall(op: unknown, operands: unknown): void {
  checkOp(op, "op");
  if (!isRecord(operands)) {
    throw new IsoconvError("INVALID_GRAPH", {
      op,
      path: "inputs",
      what: "operands are not an object",
      expected: "values by name",
      received: operands,
    });
  }
}

/** @throws IsoconvError `INVALID_SHAPE` as `checkShape`, and for a symbolic batch. */
export function checkConcrete(shape: unknown, node: string): Shape {
  const checked = checkShape(shape, node);
  if (!checked.includes("N")) return checked;
  throw new IsoconvError("INVALID_SHAPE", {
    node,
    path: "shape[0]",
    what: "a parameter has no batch",
    expected: "an integer ≥ 0",
    received: "N",
  });
}

/** @throws IsoconvError `INVALID_SHAPE` when an extent is not a count, or is symbolic beyond the first. */
export function checkShape(shape: unknown, node: string): Shape {
  if (!Array.isArray(shape) || shape.length > MAX_RANK) {
    throw new IsoconvError("INVALID_SHAPE", {
      node,
      path: "shape",
      what: "not a shape",
      expected: `at most ${MAX_RANK} extents`,
      received: shape,
    });
  }
  const checked = Array.from<unknown, Dim>(shape, (extent, axis) => {
    if (extent === "N" && axis === 0) return "N";
    if (typeof extent === "number" && Number.isSafeInteger(extent) && extent >= 0) return extent === 0 ? 0 : extent;
    const expected = axis === 0 ? 'an integer ≥ 0 or "N"' : "an integer ≥ 0";
    throw new IsoconvError("INVALID_SHAPE", {
      node,
      path: `shape[${axis}]`,
      what: "not an extent",
      expected,
      received: extent,
    });
  });
  return Object.freeze(checkSize(checked, { node, path: "shape" }));
}

/** Refuses shapes that no runtime could hold; a symbolic batch counts as 1. */
export function checkSize(shape: Shape, at: Location): Shape {
  const count = shape.reduce<number>((product, extent: Dim) => product * (extent === "N" ? 1 : extent), 1);
  if (count <= MOST_ELEMENTS) return shape;
  throw shapeError(at, "tensor too large", `at most ${MOST_ELEMENTS} elements`, formatShape(shape));
}
