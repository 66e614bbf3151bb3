import { describe, expect, test } from "vitest";
import { refusal } from "../op-cases.test.support.js";
import { graphBuilder } from "./builder.js";

const hostile = <T>(value: unknown): T => value as T;

test("nodes are named after their operation, and names are unique", () => {
  const g = graphBuilder("net");
  const x = g.input("x", [1]);
  g.input("relu_1", [1]);
  expect([g.relu({ x }), g.relu({ x }), g.relu({ x })].map(({ name }) => name)).toEqual(["relu", "relu_2", "relu_3"]);
});

test("a fresh name is short enough to use, and given out once", () => {
  const g = graphBuilder("net");
  expect([g.freshName("a"), g.freshName("a"), g.freshName("a_1")]).toEqual(["a", "a_1", "a_1_1"]);
  expect(g.input("a_1", [1]).name).toBe("a_1");
  const long = "x".repeat(300);
  expect([g.freshName(long).length, g.freshName(long).length]).toEqual([240, 242]);
});

test("a fresh name is not one of those reserved", () => {
  const g = graphBuilder("net", new Set(["relu", "relu_1"]));
  expect(g.relu({ x: g.input("x", [1]) }).name).toBe("relu_2");
});

describe("names", () => {
  test.each(["a", "layer1.0.conv1.weight", "a/b:c-d_e", "constructor", "toString", "0", "x".repeat(256)])(
    "%s is usable",
    (name) => {
      const g = graphBuilder(name);
      const x = g.input(name, [1]);
      expect(g.build({ [name]: x }).outputs).toEqual([{ name, value: name }]);
    },
  );

  test.each([
    "",
    " ",
    "a b",
    "a\n",
    "é",
    "__proto__",
    "x".repeat(257),
    'a"',
    "a[0]",
    "a@b",
    undefined,
    null,
    3,
    {},
    ["a"],
  ])("%j is not", (name) => {
    const bad = hostile<string>(name);
    expect(refusal(() => graphBuilder(bad))).toEqual({ code: "INVALID_GRAPH", path: "name" });
    const g = graphBuilder("net");
    const x = g.input("x", [1]);
    expect(refusal(() => g.input(bad, [1]))).toEqual({ code: "INVALID_GRAPH", path: "inputs" });
    expect(refusal(() => g.parameter(bad, hostile([{}])))).toEqual({ code: "INVALID_GRAPH", path: "parameters" });
    if (name !== undefined) {
      expect(refusal(() => g.relu({ x }, {}, bad))).toEqual({ code: "INVALID_GRAPH", path: "name" });
    }
    if (typeof name === "string") {
      const outputs = Object.fromEntries([[name, x]]);
      expect(refusal(() => g.build(outputs))).toEqual({ code: "INVALID_GRAPH", path: "outputs" });
    }
  });

  test("name what is allowed", () => {
    expect(() => graphBuilder("__proto__")).toThrow(/expected 1 to 256 letters, .* not __proto__, got "__proto__"/);
  });

  test("are unique across inputs, parameters and nodes", () => {
    const g = graphBuilder("net");
    const x = g.input("x", [1]);
    for (const again of [() => g.input("x", [1]), () => g.parameter("x", [1]), () => g.relu({ x }, {}, "x")]) {
      expect(refusal(again)).toEqual({ code: "INVALID_GRAPH", path: "name" });
    }
  });
});
