import { fromBinary } from "@bufbuild/protobuf";
import { float32, graphBuilder, isIsoconvError, type TensorOf } from "@isoconv/core-spec";
import * as ort from "onnxruntime-node";
import {
  AttributeProto_AttributeType as Type,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType as DataType,
  type GraphProto,
} from "onnx-buf";
import { describe, expect, test } from "vitest";
import { lowerGraph, type LoweredGraph } from "./lower-graph.js";

function decode({ model }: LoweredGraph): GraphProto {
  return fromBinary(ModelProtoSchema, model).graph!;
}

function perceptron() {
  const g = graphBuilder("perceptron");
  const x = g.input("x", ["N", 400]);
  const hidden = g.linear({ x, w: g.parameter("0.weight", [8, 400]), bias: g.parameter("0.bias", [8]) });
  const y = g.linear({ x: g.relu({ x: hidden }), w: g.parameter("2/../weight:0", [50, 8]) });
  g.parameter("unused", [3]);
  const parameters: Record<string, TensorOf<"float32">> = {
    "0.weight": float32([8, 400], new Float32Array(3200).fill(0.5)),
    "0.bias": float32([8], new Float32Array(8).fill(-100)),
    "2/../weight:0": float32([50, 8], new Float32Array(400).fill(2)),
    unused: float32([3]),
  };
  return { graph: g.build({ y }), parameters };
}

describe("a model", () => {
  test("always has the same opset and file version", () => {
    const { graph, parameters } = perceptron();
    const model = fromBinary(ModelProtoSchema, lowerGraph(graph, parameters).model);
    expect(model.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([["", 20n]]);
    expect(model.irVersion).toBe(9n);
    expect(model.graph?.name).toBe("perceptron");
  });

  test("states every pad, stride and kernel, and relies on no default", () => {
    const g = graphBuilder("windows");
    const x = g.input("x", [1, 2, 8, 8]);
    const y = [
      g.conv2d({ x, w: g.parameter("w", [2, 2, 3, 3]) }),
      g.convTranspose2d({ x, w: g.parameter("v", [2, 2, 3, 3]) }),
      g.maxPool2d({ x }, { kernel: [2, 2] }),
      g.avgPool2d({ x }, { kernel: [2, 2] }),
    ];
    const graph = g.build(y.map((value) => [value.name, value] as const));
    const w = float32([2, 2, 3, 3]);
    for (const { attribute } of decode(lowerGraph(graph, { w, v: w })).node) {
      const names = attribute.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["kernel_shape", "strides", "pads"]));
      expect(names).not.toContain("auto_pad");
      expect(names).not.toContain("ceil_mode");
    }
  });

  test("is read by ONNX's schema: every kind of attribute and of constant", () => {
    const g = graphBuilder("kinds");
    const x = g.input("x", ["N", 2, 4, 4]);
    const padded = g.pad2d({ x }, { pads: [0, 1, 0, 1] });
    const pooled = g.avgPool2d({ x: padded }, { kernel: [2, 3] });
    const model = lowerGraph(g.build({ y: g.leakyRelu({ x: pooled }, { slope: 0.25 }) }), {});
    const { node, initializer } = decode(model);
    const attributes = node.flatMap(({ attribute }) => attribute);
    const valueOf = (wanted: string): object => attributes.find(({ name }) => name === wanted)!;
    expect(valueOf("mode")).toMatchObject({ type: Type.STRING, s: new TextEncoder().encode("constant") });
    expect(valueOf("kernel_shape")).toMatchObject({ type: Type.INTS, ints: [2n, 3n] });
    expect(valueOf("count_include_pad")).toMatchObject({ type: Type.INT, i: 0n });
    expect(valueOf("alpha")).toMatchObject({ type: Type.FLOAT, f: 0.25 });
    expect(initializer).toMatchObject([
      { dataType: DataType.INT64, dims: [8n], int64Data: [0n, 0n, 0n, 1n, 0n, 0n, 0n, 1n] },
      { dataType: DataType.FLOAT, dims: [], rawData: new Uint8Array(4) },
    ]);
  });

  test("has the batch as the dimension N", () => {
    const { graph, parameters } = perceptron();
    const { input, output } = decode(lowerGraph(graph, parameters));
    for (const [{ type }, size] of [
      [input[0], 400n],
      [output[0], 50n],
    ] as const) {
      const { shape } = type!.value.value as { shape?: { dim: { value: unknown }[] } };
      expect(shape!.dim.map(({ value }) => value)).toEqual([
        { case: "dimParam", value: "N" },
        { case: "dimValue", value: size },
      ]);
    }
  });

  test("shares equal constants", () => {
    const g = graphBuilder("shared");
    const x = g.input("x", [4, 2, 3]);
    const a = g.clip({ x: g.reshape({ x }, { shape: [8, 3] }) }, { min: 0, max: 1 });
    const b = g.clip({ x: g.reshape({ x: a }, { shape: [8, 3] }) }, { min: 0, max: 2 });
    const { initializer } = decode(lowerGraph(g.build({ b }), {}));
    expect(initializer.map(({ name }) => name)).toEqual(["#int64[8,3]", "#float(0)", "#float(1)", "#float(2)"]);
  });

  test("has decompositions where ONNX has no operator", () => {
    const g = graphBuilder("silu");
    const { node } = decode(lowerGraph(g.build({ y: g.silu({ x: g.input("x", [2]) }) }), {}));
    expect(node.map(({ opType }) => opType)).toEqual(["Sigmoid", "Mul"]);
  });

  test("needs every parameter", () => {
    const { graph, parameters } = perceptron();
    const { "0.bias": _, ...rest } = parameters;
    expect(() => lowerGraph(graph, rest)).toThrow(/INVALID_WEIGHTS: parameters\["0.bias"\]: parameter missing/);
    try {
      lowerGraph(graph, { ...rest, "0.bias": { dtype: "int32", shape: [8], data: new Int32Array(8) } });
    } catch (error) {
      expect(isIsoconvError(error, "INVALID_WEIGHTS")).toBe(true);
    }
  });
});

describe("parameters", () => {
  test("are embedded in a small model, those in use", () => {
    const { graph, parameters } = perceptron();
    const lowered = lowerGraph(graph, parameters);
    expect(decode(lowered).initializer.map(({ name }) => name)).toEqual(["0.weight", "0.bias", "2/../weight:0"]);
    expect(lowered.externalData).toEqual([]);
    expect(lowered.parameterBytes).toBe(4 * (3200 + 8 + 400));
  });

  test("are stored beside a large one, as views of the caller's memory under safe names", () => {
    const { graph, parameters } = perceptron();
    const { initializer } = decode(lowerGraph(graph, parameters, { externalDataThreshold: 4 * 3607 }));
    const locations = initializer.map(({ dataLocation }) => dataLocation);
    const { EXTERNAL, DEFAULT } = TensorProto_DataLocation;
    expect(locations).toEqual([EXTERNAL, DEFAULT, EXTERNAL]);
    const { externalData, model } = lowerGraph(graph, parameters, { externalDataThreshold: 0 });
    expect(externalData.map(({ path }) => path)).toEqual(["0-0.weight.bin", "2-2_.._weight_0.bin"]);
    const entries = decode(lowerGraph(graph, parameters, { externalDataThreshold: 0 })).initializer[0].externalData;
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ["location", "0-0.weight.bin"],
      ["offset", "0"],
      ["length", String(4 * 3200)],
    ]);
    expect(externalData[0].data.buffer).toBe(parameters["0.weight"].data.buffer);
    expect(model.byteLength).toBeLessThan(1000);
    expect(lowerGraph(graph, parameters, { externalDataThreshold: 4 * 3608 }).externalData).toEqual([]);
  });

  test("beside the model give the same results", async () => {
    const { graph, parameters } = perceptron();
    const x = new ort.Tensor("float32", new Float32Array(400).fill(1), [1, 400]);
    for (const externalDataThreshold of [0, 1e6]) {
      const { model, externalData } = lowerGraph(graph, parameters, { externalDataThreshold });
      const session = await ort.InferenceSession.create(model, { externalData: [...externalData] });
      const { y } = await session.run({ x });
      expect(y.data).toEqual(new Float32Array(50).fill(8 * 100 * 2));
      await session.release();
    }
  });
});

test("unknown options are refused", () => {
  const { graph, parameters } = perceptron();
  expect(() => lowerGraph(graph, parameters, { externalDataTreshold: 0 } as never)).toThrow(
    /^INVALID_ATTRIBUTE: lowerGraph options.externalDataTreshold: .*Did you mean "externalDataThreshold"\?$/,
  );
  expect(() => lowerGraph(graph, parameters, { externalDataThreshold: "0" } as never)).toThrow(/a number of bytes/);
});
