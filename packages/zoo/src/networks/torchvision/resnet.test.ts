import { createBackend } from "@isoconv/backend-reference";
import { float32, uniform, type Graph, type Tensor } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel, type ModelOptions } from "../../create-model.js";
import type { Dilations } from "../../model.js";

const STRIDE_16: Dilations = [false, false, true];
const STRIDE_8: Dilations = [false, true, true];

/** Stride and dilation of the 3×3 convolution of each block, from torchvision's `_make_layer`. */
const windowsOf = ({ nodes }: Graph): Readonly<Record<string, string>> =>
  Object.fromEntries(
    nodes.flatMap((node) => {
      if (node.op !== "conv2d" || !node.name.endsWith(".conv2")) return [];
      const { strides, dilations, pads } = node.attrs;
      return [[node.name.replace(".conv2", ""), `s${String(strides)} d${String(dilations)} p${String(pads)}`]];
    }),
  );

const one = "s1,1 d1,1 p1,1,1,1";
const two = "s1,1 d2,2 p2,2,2,2";
const four = "s1,1 d4,4 p4,4,4,4";

describe("a dilated ResNet", () => {
  it.each([
    [
      "an output stride of 16",
      STRIDE_16,
      { "layer2.0": "s2,2 d1,1 p1,1,1,1", "layer3.0": "s2,2 d1,1 p1,1,1,1", "layer3.5": one },
      { "layer4.0": one, "layer4.1": two, "layer4.2": two },
    ],
    [
      "an output stride of 8",
      STRIDE_8,
      { "layer2.0": "s2,2 d1,1 p1,1,1,1", "layer3.0": one, "layer3.1": two, "layer3.5": two },
      { "layer4.0": two, "layer4.1": four, "layer4.2": four },
    ],
    [
      "an output stride of 4",
      [true, true, true] as const,
      { "layer2.0": one, "layer2.1": two, "layer3.0": two, "layer3.1": four },
      { "layer4.0": four, "layer4.1": "s1,1 d8,8 p8,8,8,8" },
    ],
  ])("with %s has the windows of torchvision's", (_what, replaceStrideWithDilation, earlier, later) => {
    const { graph } = createModel("resnet50", { replaceStrideWithDilation, height: 64, width: 64 });
    expect(windowsOf(graph)).toMatchObject({ "layer1.0": one, ...earlier, ...later });
  });

  it.each(["resnet50", "resnet101", "resnext50_32x4d", "wide_resnet50_2"])(
    "has the parameters of %s and larger features",
    (name) => {
      const features = ["layer1", "layer2", "layer3", "layer4"];
      const plain = createModel(name);
      const shapesOf = (replaceStrideWithDilation: Dilations): string[] => {
        const dilated = createModel(name, { features, replaceStrideWithDilation });
        const nodes = new Map(dilated.graph.nodes.map((node) => [node.name, node.shape]));
        return dilated.graph.outputs.map(({ value }) => String(nodes.get(value)));
      };
      expect(createModel(name, { replaceStrideWithDilation: STRIDE_8 }).parameters).toEqual(plain.parameters);
      expect(shapesOf([false, false, false])).toEqual(["N,256,56,56", "N,512,28,28", "N,1024,14,14", "N,2048,7,7"]);
      expect(shapesOf(STRIDE_16)).toEqual(["N,256,56,56", "N,512,28,28", "N,1024,14,14", "N,2048,14,14"]);
      expect(shapesOf(STRIDE_8)).toEqual(["N,256,56,56", "N,512,28,28", "N,1024,28,28", "N,2048,28,28"]);
    },
  );

  // The à trous algorithm: where the strides would have put a window, the dilated network has the same one, so its features
  // are those of the plain network there, and new ones between. The extents are odd where the plain network rounds up.
  it("has the features of the plain network at every fourth place of layer4", { timeout: 120_000 }, async () => {
    const size = { height: 40, width: 48 };
    const backend = await createBackend();
    const run = async (options: ModelOptions): Promise<readonly Tensor[]> => {
      const { graph, parameters } = createModel("resnet50", { ...size, features: ["layer3", "layer4"], ...options });
      const executable = await backend.compile(graph, initParameters(parameters, { seed: 4, scheme: "conformance" }));
      const input = float32([1, 3, size.height, size.width], uniform(9, "image", 3 * size.height * size.width, -1, 1));
      const { layer3, layer4 } = await executable.run({ input });
      return [layer3, layer4];
    };
    const [plain3, plain4] = await run({});
    const [dilated3, dilated4] = await run({ replaceStrideWithDilation: STRIDE_8 });
    await backend.dispose();
    expect([plain3, plain4, dilated3, dilated4].map(({ shape }) => shape.slice(2))).toEqual([
      [3, 3],
      [2, 2],
      [5, 6],
      [5, 6],
    ]);
    expect(plain4.data.some((value) => value > 0)).toBe(true);
    expect(everyNth(dilated3, 2)).toEqual(plain3.data);
    expect(everyNth(dilated4, 4)).toEqual(plain4.data);
  });

  it.each<[string, unknown, RegExp]>([
    ["resnet50", [false, true], /options\.replaceStrideWithDilation: .*; expected three booleans/],
    ["resnet50", true, /expected three booleans, for layer2, layer3 and layer4, got true/],
    ["resnet50", [0, 1, 1], /out of its domain/],
    ["resnet18", [false, false, true], /"resnet18" .*the network has no such option; expected \[false,false,false\]/],
    ["vgg11", [false, false, true], /"vgg11" .*the network has no such option/],
  ])("of %s with %j is refused", (name, replaceStrideWithDilation, message) => {
    const options = { replaceStrideWithDilation } as ModelOptions;
    expect(() => createModel(name, options)).toThrow(message);
    expect(() => createModel(name, options)).toThrow(/^INVALID_ATTRIBUTE/);
  });
});

/** The elements of `[1, C, H, W]` in every `step`th row and column. */
function everyNth({ shape, data }: Tensor, step: number): Float32Array {
  const [, , height = 0, width = 0] = shape;
  return Float32Array.from(data).filter((_, index) => {
    const row = Math.floor(index / width) % height;
    return row % step === 0 && (index % width) % step === 0;
  });
}
