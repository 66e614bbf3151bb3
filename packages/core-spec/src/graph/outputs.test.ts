import { describe, expect, test } from "vitest";
import { refusal } from "../op-cases.test.support.js";
import { graphBuilder, type Value } from "./builder.js";
import type { Outputs } from "./outputs.js";
import { selectOutputs } from "./select-outputs.js";

function build(outputsOf: (x: Value, y: Value) => Outputs<Value>) {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  return g.build(outputsOf(x, g.relu({ x }, {}, "y")));
}

const ordered = [
  { name: "logits", value: "y" },
  { name: "0", value: "x" },
];

test("a Map and a list keep the order of outputs, integers among their names", () => {
  expect(
    build(
      (x, y) =>
        new Map([
          ["logits", y],
          ["0", x],
        ]),
    ).outputs,
  ).toEqual(ordered);
  expect(
    build((x, y) => [
      ["logits", y],
      ["0", x],
    ]).outputs,
  ).toEqual(ordered);
  const graph = build((x, y) => ({ y, x }));
  expect(
    selectOutputs(graph, [
      ["logits", "y"],
      ["0", "x"],
    ]).outputs,
  ).toEqual(ordered);
});

test("an object keeps the order of its keys where none is an integer, and may have an integer as its only key", () => {
  expect(build((x, y) => ({ logits: y, "1.0": x, "-1": y })).outputs.map(({ name }) => name)).toEqual([
    "logits",
    "1.0",
    "-1",
  ]);
  expect(build((x) => ({ 0: x })).outputs).toEqual([{ name: "0", value: "x" }]);
  expect(build((x, y) => ({ logits: y, 4294967295: x })).outputs.map(({ name }) => name)).toEqual([
    "logits",
    "4294967295",
  ]);
});

describe("refused", () => {
  test("an integer among an object's keys, because its position is lost", () => {
    expect(refusal(() => build((x, y) => ({ logits: y, 0: x })))).toEqual({ code: "INVALID_GRAPH", path: "outputs.0" });
    expect(() => build((x, y) => ({ logits: y, 10: x }))).toThrow(/expected a Map or a list of \[name, value\]/);
    const graph = build((x, y) => ({ y, x }));
    expect(refusal(() => selectOutputs(graph, { logits: "y", 0: "x" })).path).toBe("outputs.0");
  });

  test("a repeated name, an unusable name, and malformed entries", () => {
    expect(
      refusal(() =>
        build((x, y) => [
          ["a", x],
          ["a", y],
        ]),
      ).path,
    ).toBe("outputs.a");
    expect(refusal(() => build((x) => [["__proto__", x]])).path).toBe("outputs");
    expect(refusal(() => build((x) => ["x", x] as never)).path).toBe("outputs[0]");
    expect(refusal(() => build(() => "x" as never)).path).toBe("outputs");
    expect(refusal(() => build(() => new Map())).path).toBe("outputs");
    expect(
      refusal(() =>
        selectOutputs(
          build((x) => ({ x })),
          [["a b", "x"]],
        ),
      ).path,
    ).toBe("outputs");
  });
});
