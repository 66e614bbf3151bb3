import { isIsoconvError, type IsoconvError } from "@isoconv/core-spec";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import * as nn from "./index.js";

type Arguments = readonly unknown[];
type Call = (...given: Arguments) => unknown;

/** Valid arguments of every function: all optional arguments are given, and an options object comes last. */
const VALID: Readonly<Record<string, Arguments>> = {
  adaptiveAvgPool2d: [2],
  avgPool2d: [{ kernelSize: 2 }],
  batchNorm2d: [3, {}],
  concat: [[], 1],
  constant: [1],
  conv2d: [3, 4, { kernelSize: 1 }],
  convTranspose2d: [3, 4, { kernelSize: 1 }],
  dropout: [0.5],
  elu: [1],
  flatten: [1],
  gelu: [],
  hardsigmoid: [],
  hardswish: [],
  identity: [],
  initParameters: [[], { seed: 1 }],
  initialOr: [1],
  kaimingNormal: [{}],
  kaimingUniform: [{}],
  layerNorm: [3, {}],
  lazyLinear: [4, {}],
  leakyRelu: [0.1],
  linear: [3, 4, {}],
  localResponseNorm: [3, {}],
  logSoftmax: [1],
  maxPool2d: [{ kernelSize: 2 }],
  normalWith: [() => 1],
  permute: [[0, 1, 2, 3]],
  prelu: [1, 0.25],
  randomSigns: [],
  relu: [],
  relu6: [],
  residual: [nn.identity(), nn.identity()],
  sequential: [[]],
  sigmoid: [],
  silu: [],
  softmax: [1],
  tanh: [],
  trace: [nn.identity(), { name: "net", input: { shape: [1] } }],
  uniformIn: [0, 1],
  uniformWithin: [() => 1],
  upsample: [{ scaleFactor: 2 }],
  xavierNormal: [{}],
  xavierUniform: [{}],
};

/** Functions without options, and those that read tables which users do not write. */
const OTHERS = [
  "constantSpec",
  "fanInOf",
  "graphParameters",
  "parameterCount",
  "parameterSpec",
  "poolPads",
  "samePads",
];

const functions = Object.entries(nn).flatMap(([name, value]): [string, Call][] =>
  typeof value === "function" ? [[name, value as Call]] : [],
);
const listed = functions.filter(([name]) => !OTHERS.includes(name));

function refusalOf(call: () => unknown): IsoconvError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (isIsoconvError(error)) return error;
    throw error;
  }
}

const hasOptions = (given: Arguments): boolean => {
  const last = given.at(-1);
  return typeof last === "object" && last !== null && !Array.isArray(last);
};

test("every function of the package is tried", () => {
  expect(functions.map(([name]) => name).toSorted()).toEqual([...Object.keys(VALID), ...OTHERS].toSorted());
});

describe("arguments beyond those a function takes are refused", () => {
  it.each(listed)("%s", (name, call) => {
    const refusal = refusalOf(() => call(...VALID[name], { inplace: true }));
    expect(refusal).toMatchObject({ code: "INVALID_ATTRIBUTE", path: "arguments", op: name });
  });
});

describe("unknown options of a function are refused", () => {
  it.each(listed.filter(([name]) => hasOptions(VALID[name])))("%s", (name, call) => {
    const given = VALID[name];
    const options = given.at(-1) as object;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("__proto__", "toString", "kernel_size", "0")), (key) => {
        const unknown = `${key}?`;
        const withUnknown = { ...options, [unknown]: undefined };
        const refusal = refusalOf(() => call(...given.slice(0, -1), withUnknown));
        expect(refusal).toMatchObject({ code: "INVALID_ATTRIBUTE", path: `options.${unknown}`, op: name });
      }),
    );
    for (const notOptions of [false, [1], null]) {
      expect(refusalOf(() => call(...given.slice(0, -1), notOptions))?.code).toBe("INVALID_ATTRIBUTE");
    }
  });
});

describe("options in place of a single argument are refused when the layer is called", () => {
  const single = [
    "adaptiveAvgPool2d",
    "dropout",
    "elu",
    "flatten",
    "leakyRelu",
    "logSoftmax",
    "permute",
    "prelu",
    "softmax",
  ];
  it.each(listed.filter(([name]) => single.includes(name)))("%s", (_name, call) => {
    const refusal = refusalOf(() =>
      nn.trace(call({ dim: 1 }) as nn.Module, { name: "net", input: { shape: [1, 3, 4, 4] } }),
    );
    expect(refusal?.code).toBe("INVALID_ATTRIBUTE");
  });
});

test.each<[() => unknown, RegExp]>([
  [
    () => nn.upsample({ scaleFactor: 2, mode: "bilinear" } as nn.UpsampleOptions),
    /INVALID_ATTRIBUTE: upsample options.mode: PyTorch's option is not supported.*The mode is nearest/,
  ],
  [
    () => nn.conv2d(1, 1, { kernelSize: 1, paddingMode: "reflect" } as nn.Conv2dOptions),
    /options.paddingMode: PyTorch's option is not supported.*Padding is zeros/,
  ],
  [() => nn.avgPool2d({ kernelSize: 2, divisorOverride: 4 } as nn.AvgPool2dOptions), /options.divisorOverride/],
  [() => nn.layerNorm(3, { elementwiseAffine: false } as nn.LayerNormOptions), /options.elementwiseAffine/],
  [
    () => nn.conv2d(1, 1, { kernelsize: 3 } as unknown as nn.Conv2dOptions),
    /options.kernelsize: no such option; expected kernelSize, stride,.* got "kernelsize". Did you mean "kernelSize"\?/,
  ],
  [() => (nn.flatten as Call)(1, 2), /INVALID_ATTRIBUTE: flatten arguments: more arguments.*got 2. There is no endDim/],
  [() => (nn.sequential as Call)(nn.relu(), nn.relu()), /Give the modules as one array/],
  [() => (nn.sequential as Call)(nn.relu()), /INVALID_GRAPH: children: not a list of modules/],
  [() => nn.kaimingNormal({ mode: "fan_in" } as unknown as nn.KaimingOptions), /options.mode.*"fanIn" or "fanOut"/],
  [
    () => nn.batchNorm2d(3, { affine: "false" } as never),
    /INVALID_ATTRIBUTE: batchNorm2d options.affine: .*expected true or false, got "false"/,
  ],
  [() => nn.linear(1, 1, { bias: 0 } as never), /linear options.bias: .*expected true or false, got 0/],
  [() => nn.lazyLinear(1, { bias: null } as never), /lazyLinear options.bias/],
  [() => nn.conv2d(1, 1, { kernelSize: 1, bias: "no" } as never), /conv2d options.bias/],
  [() => nn.convTranspose2d(1, 1, { kernelSize: 1, bias: 0 } as never), /convTranspose2d options.bias/],
  [() => nn.maxPool2d({ kernelSize: 2, ceilMode: "false" } as never), /maxPool2d options.ceilMode/],
  [() => nn.avgPool2d({ kernelSize: 2, countIncludePad: 0 } as never), /avgPool2d options.countIncludePad/],
  [() => nn.kaimingNormal({ a: "0" } as never), /kaimingNormal options.a: .*expected a finite number/],
  [() => nn.xavierNormal({ gain: Number.NaN }), /xavierNormal options.gain: .*expected a finite number/],
  [() => nn.initParameters([], { seed: 1, scheme: { weights: nn.constant(0) } as never }), /Did you mean "weight"\?/],
  [
    () => nn.initParameters([], { seed: 1, scheme: { weight: nn.constant(0) } as never }),
    /scheme.bias: the scheme has no/,
  ],
  [() => nn.initParameters([], { seed: 1, scheme: { ...nn.schemes.pytorch, bias: 0 } as never }), /a function, got 0/],
  [() => nn.parameterSpec("w", { shape: [1], kind: "weights" as "weight" }), /options.kind: .*got "weights"/],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
