import { expect, test } from "vitest";
import { graphBuilder } from "../graph/builder.js";
import { refusal } from "../op-cases.test.support.js";
import { applyHandler, decomposed, everyOp, opSupport, unsupported, type OpTable } from "./table.js";
import { nothing } from "./toy-backend.test.support.js";

const issue = "https://example.org/1";
const table: OpTable<string, string> = {
  ...nothing,
  relu: ({ x }, _attrs, site) => `${site}: relu(${x})`,
  concat: ({ xs }, { axis }) => `concat(${xs.join(", ")}; ${axis})`,
  conv2d: ({ x, w, bias }, { strides }) => `conv2d(${x}, ${w}, ${bias}; ${strides.join()})`,
  silu: decomposed,
  gelu: unsupported("no erf", { issue }),
};

const g = graphBuilder("net");
const x = g.input("x", ["N", 3, 4, 4]);
const w = g.parameter("w", [2, 3, 1, 1]);
g.relu({ x });
g.concat({ xs: [x, x] }, { axis: 1 });
g.conv2d({ x, w });
g.gelu({ x });
const { nodes } = g.build({ x });
const apply = (index: number): string => applyHandler(table, nodes[index], (name) => name.toUpperCase(), "here");

test("support follows from the table", () => {
  const support = opSupport(table);
  expect(support).toMatchObject({ relu: "native", silu: "decomposed", gelu: { unsupported: "no erf", issue } });
  expect(Object.keys(support)).toEqual(Object.keys(nothing));
  expect(Object.isFrozen(support)).toBe(true);
});

test("a table may start from one answer for every operation", () => {
  const todo = unsupported("to be done", { issue });
  const support = opSupport({ ...everyOp(todo), relu: table.relu });
  expect(Object.keys(support)).toEqual(Object.keys(nothing));
  expect(support).toMatchObject({ relu: "native", conv2d: todo, dropout: todo });
});

test("a handler gets its operands by name, its attributes and the site", () => {
  expect(apply(0)).toBe("here: relu(X)");
  expect(apply(1)).toBe("concat(X, X; 1)");
  expect(apply(2)).toBe("conv2d(X, W, undefined; 1,1)");
});

test("an operation without handler is refused", () => {
  expect(refusal(() => apply(3))).toEqual({ code: "UNSUPPORTED", path: undefined });
});
