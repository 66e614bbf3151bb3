import { isIsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import {
  batchNorm2d,
  concat,
  conv2d,
  flatten,
  identity,
  lazyLinear,
  linear,
  parameterCount,
  relu,
  residual,
  sequential,
  trace,
  type Module,
} from "./index.js";

const image = { shape: ["N", 3, 8, 8] } as const;
const traced = (module: Module) => trace(module, { name: "net", input: image });
const nodeNames = (module: Module): readonly string[] => traced(module).graph.nodes.map(({ name }) => name);
const parameterNames = (module: Module): readonly string[] => traced(module).parameters.map(({ name }) => name);

describe("trace", () => {
  const block: Module = (scope, x) => {
    let y = scope.call("conv1", conv2d(4, 4, { kernelSize: 3, padding: 1, bias: false }), x);
    y = scope.call("bn1", batchNorm2d(4), y);
    y = scope.call("relu", relu(), y);
    y = scope.graph.add({ a: y, b: x }, {}, scope.nodeName("add"));
    return scope.call("relu", relu(), y);
  };
  const network = sequential({
    stem: conv2d(3, 4, { kernelSize: 1 }),
    layer1: sequential([block, block]),
    pool: identity(),
    flatten: flatten(),
    fc: lazyLinear(10),
  });

  it("names nodes by module path, and repeated and functional ones like torchvision's feature extraction", () => {
    expect(nodeNames(network)).toEqual([
      "stem",
      ...["0", "1"].flatMap((index) =>
        ["conv1", "bn1", "relu", "add", "relu_1"].map((name) => `layer1.${index}.${name}`),
      ),
      "flatten",
      "fc",
    ]);
  });

  it("lists parameters by state_dict key, with kind and fan-in", () => {
    const { parameters, graph } = traced(network);
    expect(parameters.slice(0, 7)).toEqual([
      { name: "stem.weight", shape: [4, 3, 1, 1], kind: "weight", fanIn: 3, trainable: true },
      { name: "stem.bias", shape: [4], kind: "bias", fanIn: 3, trainable: true },
      { name: "layer1.0.conv1.weight", shape: [4, 4, 3, 3], kind: "weight", fanIn: 36, trainable: true },
      { name: "layer1.0.bn1.weight", shape: [4], kind: "scale", fanIn: 1, trainable: true },
      { name: "layer1.0.bn1.bias", shape: [4], kind: "shift", fanIn: 1, trainable: true },
      { name: "layer1.0.bn1.running_mean", shape: [4], kind: "runningMean", fanIn: 1, trainable: false },
      { name: "layer1.0.bn1.running_var", shape: [4], kind: "runningVar", fanIn: 1, trainable: false },
    ]);
    expect(parameters.at(-1)).toEqual({ name: "fc.bias", shape: [10], kind: "bias", fanIn: 256, trainable: true });
    expect(new Set(graph.parameters.map(({ name }) => name))).toEqual(new Set(parameters.map(({ name }) => name)));
    expect(parameterCount(parameters)).toBe(12 + 4 + 2 * (144 + 8) + 2560 + 10);
  });

  it("maps every module, containers and identities included, to the value it returned", () => {
    const { modules } = traced(network);
    expect(modules.get("stem")).toBe("stem");
    expect(modules.get("layer1.0")).toBe("layer1.0.relu_1");
    expect(modules.get("layer1")).toBe("layer1.1.relu_1");
    expect(modules.get("pool")).toBe("layer1.1.relu_1");
    expect(modules.get("layer1.0.relu")).toBe("layer1.0.relu");
    expect(modules.get("layer1.0.relu_1")).toBe("layer1.0.relu_1");
  });

  it("lists children in the order declared", () => {
    const module: Module = (scope, x) => {
      scope.declareChildren("a", "b");
      const y = scope.call("b", conv2d(3, 3, { kernelSize: 1, bias: false }), x);
      return scope.call("a", conv2d(3, 3, { kernelSize: 1, bias: false }), y);
    };
    expect(parameterNames(module)).toEqual(["a.weight", "b.weight"]);
    expect(nodeNames(module)).toEqual(["b", "a"]);
  });

  it("names inputs, output and a network of one layer", () => {
    const { graph } = trace(relu(), { name: "act", input: { name: "x", shape: [2, 3] }, output: "y" });
    expect(graph.inputs).toEqual([{ name: "x", shape: [2, 3] }]);
    expect(graph.nodes[0]?.name).toBe("act");
    expect(graph.outputs).toEqual([{ name: "y", value: "act" }]);
    expect(traced(relu()).graph.outputs[0]?.name).toBe("logits");
  });

  it("avoids names that are already taken", () => {
    expect(nodeNames(sequential({ input: relu(), input_1: relu() }))).toEqual(["input_1", "input_1_1"]);
  });
});

describe("shared modules", () => {
  it("share parameters when the same module is called again under the same name", () => {
    const shared = conv2d(3, 3, { kernelSize: 1 });
    const module: Module = (scope, x) => scope.call("conv", shared, scope.call("conv", shared, x));
    expect(parameterNames(module)).toEqual(["conv.weight", "conv.bias"]);
    expect(nodeNames(module)).toEqual(["conv", "conv_1"]);
  });

  it("share parameters inside a repeated container", () => {
    const container: Module = (scope, x) => scope.call("0", conv2d(3, 3, { kernelSize: 1 }), x);
    const module: Module = (scope, x) => scope.call("block", container, scope.call("block", container, x));
    expect(parameterNames(module)).toEqual(["block.0.weight", "block.0.bias"]);
    expect(nodeNames(module)).toEqual(["block.0", "block_1.0"]);
  });

  it("do not share by accident", () => {
    const conv = (): Module => conv2d(3, 3, { kernelSize: 1 });
    const module: Module = (scope, x) => scope.call("conv", conv(), scope.call("conv", conv(), x));
    expect(() => traced(module)).toThrow(/INVALID_GRAPH: "conv.weight": two modules register the same parameter/);
  });
});

describe("constants", () => {
  const double: Module = (scope, x) =>
    scope.graph.mul(
      { a: x, b: scope.constant("factor", { shape: [3, 1, 1], value: [2, 2, 2] }) },
      {},
      scope.nodeName(),
    );

  it("are parameters of the graph that carry their value", () => {
    const { graph, parameters } = traced(sequential({ double, conv: conv2d(3, 4, { kernelSize: 1, bias: false }) }));
    expect(parameters[0]).toEqual({
      name: "double.factor",
      shape: [3, 1, 1],
      kind: "constant",
      fanIn: 1,
      trainable: false,
      value: [2, 2, 2],
    });
    expect(graph.parameters[0]).toEqual({ name: "double.factor", shape: [3, 1, 1] });
    expect(parameters.filter((spec) => "value" in spec)).toHaveLength(1);
    expect(parameterCount(parameters)).toBe(12);
  });

  it("are shared where their module is called again", () => {
    const module: Module = (scope, x) => scope.call("double", double, scope.call("double", double, x));
    expect(parameterNames(module)).toEqual(["double.factor"]);
    expect(nodeNames(module)).toEqual(["double", "double_1"]);
  });

  it.each<[string, readonly number[], RegExp]>([
    ["too short", [1], /^INVALID_SHAPE: "c" value: the value does not fill.*expected 2 elements for 2, got 1$/],
    ["not a number", [1, NaN], /^INVALID_ATTRIBUTE: "c" value\[1\]: a constant must be finite in float32; .*got NaN$/],
    ["too large for float32", [1e39, 1], /^INVALID_ATTRIBUTE: "c" value\[0\].*got 1e\+39$/],
  ])("are refused when %s", (_name, value, message) => {
    let error: unknown;
    try {
      traced((scope) => scope.constant("c", { shape: [2], value }));
    } catch (thrown) {
      error = thrown;
    }
    expect(isIsoconvError(error)).toBe(true);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  });
});

describe("containers", () => {
  it("residual adds main and shortcut", () => {
    const module = residual(conv2d(3, 3, { kernelSize: 3, padding: 1 }));
    expect(nodeNames(module)).toEqual(["main", "add"]);
    expect(parameterNames(residual(relu(), conv2d(3, 3, { kernelSize: 1 })))).toEqual([
      "shortcut.weight",
      "shortcut.bias",
    ]);
  });

  it("residual refuses to broadcast", () => {
    expect(() => traced(residual(conv2d(3, 1, { kernelSize: 1 })))).toThrow(
      /INVALID_SHAPE: add "add": the shortcut does not fit; expected N×1×8×8, got "N×3×8×8"/,
    );
  });

  it("concat joins branches along the channels, by number or name", () => {
    const branch = (channels: number): Module => conv2d(3, channels, { kernelSize: 1 });
    const { graph } = traced(concat([branch(1), branch(2)]));
    expect(graph.nodes.at(-1)).toMatchObject({ name: "cat", op: "concat", shape: ["N", 3, 8, 8] });
    expect(nodeNames(concat({ b1: branch(1), b2: branch(2) }))).toEqual(["b1", "b2", "cat"]);
    expect(() => concat([])).toThrow(/INVALID_GRAPH: concat branches: no branches/);
    expect(() => traced(concat([branch(1), conv2d(3, 1, { kernelSize: 3 })]))).toThrow(/INVALID_SHAPE/);
  });

  it("sequential may be empty, and refuses numbers as keys", () => {
    expect(traced(sequential([])).graph.outputs[0]?.value).toBe("input");
    expect(() => sequential({ a: relu(), 0: relu() })).toThrow(
      /INVALID_GRAPH: children.0: an object lists a key that is a number before the others/,
    );
  });
});

describe("mistakes", () => {
  it.each<[string, Module, RegExp]>([
    ["a dot in a name", (scope, x) => scope.call("a.b", relu(), x), /not a usable module name.*got "a.b"/],
    ["an empty name", (scope, x) => scope.call("", relu(), x), /not a usable module name/],
    ["a factory for a module", (scope, x) => scope.call("a", undefined as never, x), /"a": not a module.*relu\(\)/],
    ["a foreign value", () => ({ name: "nowhere", shape: [1] }), /not a value of this graph/],
    [
      "a parameter twice",
      (scope, x) => {
        scope.parameter("w", { shape: [1], kind: "bias" });
        scope.parameter("w", { shape: [1], kind: "bias" });
        return x;
      },
      /"w": two modules register the same parameter/,
    ],
  ])("%s", (_name, module, message) => {
    let error: unknown;
    try {
      traced(module);
    } catch (thrown) {
      error = thrown;
    }
    expect(isIsoconvError(error, "INVALID_GRAPH")).toBe(true);
    expect(String(error)).toMatch(message);
  });

  it("name the wrong module", () => {
    const network = sequential({
      features: sequential([conv2d(3, 8, { kernelSize: 1 }), conv2d(4, 8, { kernelSize: 1 })]),
    });
    expect(() => traced(network)).toThrow(/INVALID_SHAPE: conv2d "features.1" inputs.w: input channels do not match/);
    expect(() => traced(sequential([flatten(), linear(10, 2)]))).toThrow(/INVALID_SHAPE: linear "1" inputs.w/);
  });
});
