import { elementCount, type Backend, type ConcreteShape, type OpName } from "@isoconv/core-spec";
import { fillNetwork, lattice, oneOpNetwork, type FilledNetwork } from "@isoconv/judge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreement } from "./agreement.test.support.js";
import { createBackend as createCpu } from "./cpu/index.js";
import { createBackend as createWasm } from "./wasm/index.js";

/** One operation on operands of given shapes. */
interface OpCase {
  readonly op: OpName;
  readonly inputs: Readonly<Record<string, ConcreteShape | readonly ConcreteShape[]>>;
  readonly attrs?: Readonly<Record<string, unknown>>;
  /** Range of an operand's elements; [-1, 1) if left out. */
  readonly ranges?: Readonly<Record<string, readonly [low: number, high: number]>>;
}

/** Functions of one element, with attributes that take different paths. */
const unary: readonly (readonly [OpCase["op"], OpCase["attrs"]?])[] = [
  ["relu"],
  ["leakyRelu", { slope: 0.1 }],
  ["leakyRelu", { slope: 1.5 }],
  ["leakyRelu", { slope: -1 }],
  ["leakyRelu", { slope: 0 }],
  ["elu"],
  ["elu", { alpha: 0.3 }],
  ["elu", { alpha: -1.5 }],
  ["elu", { alpha: 0 }],
  ["clip", { min: -1, max: 2 }],
  ["clip", { min: 0, max: 6 }],
  ["clip", { min: 0.5, max: 0.5 }],
  ["clip", {}],
  ["sigmoid"],
  ["hardSigmoid"],
  ["tanh"],
  ["silu"],
  ["hardSwish"],
  ["gelu"],
  ["dropout", { p: 0.3 }],
];

/** Ranks up to core-spec's `MAX_RANK`; the runtimes' kernels support 4 or 6 axes, and some fail silently beyond. */
const RANKS = [5, 6, 7, 8] as const;

/** No axis has extent 1, so that no axis can be dropped. */
const shapeOf = (rank: number): readonly number[] => [2, 3, 2, 3, 2, 2, 2, 2].slice(0, rank);
const axesOf = (rank: number): readonly number[] => Array.from({ length: rank }, (_, axis) => axis);

const elementwise = RANKS.flatMap((rank) =>
  unary.map(([op, attrs = {}]): OpCase => ({
    op,
    inputs: { x: shapeOf(rank) },
    attrs,
    ranges: { x: [-8, 8] },
  })),
);

/** The second operand with the same shape, broadcast along every other axis, and of lower rank. */
const arithmetic = RANKS.flatMap((rank) => {
  const a = shapeOf(rank);
  const others = [
    a,
    a.map((extent, axis) => (axis % 2 === 0 ? 1 : extent)),
    a.map((extent, axis) => (axis % 2 === 1 ? 1 : extent)),
    a.slice(-1),
    a.slice(1),
    [],
  ];
  return others.flatMap((b) =>
    (["add", "mul"] as const).flatMap((op): OpCase[] => [
      { op, inputs: { a, b } },
      { op, inputs: { a: b, b: a } },
    ]),
  );
});

const normalisations = RANKS.flatMap((rank): OpCase[] => {
  const x = shapeOf(rank);
  const statistics = { x, mean: [3], variance: [3] };
  const ranges = { variance: [0, 2] } as const;
  return [
    { op: "batchNorm", inputs: { ...statistics, scale: [3], offset: [3] }, attrs: { epsilon: 1e-5 }, ranges },
    { op: "batchNorm", inputs: statistics, attrs: { epsilon: 1e-3 }, ranges: { variance: [0.5, 2] } },
    ...axesOf(rank).map((axis): OpCase => {
      const parameters = [x[axis]];
      return { op: "layerNorm", inputs: { x, scale: parameters, offset: parameters }, attrs: { axis, epsilon: 1e-5 } };
    }),
    ...(["softmax", "logSoftmax"] as const).flatMap((op) =>
      axesOf(rank).map((axis): OpCase => ({ op, inputs: { x }, attrs: { axis }, ranges: { x: [-8, 8] } })),
    ),
  ];
});

const means = RANKS.flatMap((rank) => {
  const axes = axesOf(rank);
  const evenAxes = axes.filter((axis) => axis % 2 === 0);
  const oddAxes = axes.filter((axis) => axis % 2 === 1);
  return [...axes.map((axis) => [axis]), evenAxes, oddAxes, oddAxes.toReversed(), axes].flatMap((reduced) =>
    [false, true].map((keepDims): OpCase => ({
      op: "mean",
      inputs: { x: shapeOf(rank) },
      attrs: { axes: reduced, keepDims },
    })),
  );
});

const linears = RANKS.map((rank): OpCase => ({
  op: "linear",
  inputs: { x: shapeOf(rank), w: [3, shapeOf(rank).at(-1) ?? 0], bias: [3] },
}));

const movements = RANKS.flatMap((rank): OpCase[] => {
  const x = shapeOf(rank);
  const axes = axesOf(rank);
  const transpositions = [
    axes.toReversed(),
    [...axes.slice(1), 0],
    [rank - 1, ...axes.slice(0, -1)],
    [...axes.filter((axis) => axis % 2 === 1), ...axes.filter((axis) => axis % 2 === 0)],
    axes.map((axis) => (axis === 1 ? rank - 1 : axis === rank - 1 ? 1 : axis)),
  ];
  return [
    ...transpositions.map((permutation): OpCase => ({ op: "transpose", inputs: { x }, attrs: { permutation } })),
    ...axes.map((axis): OpCase => ({ op: "concat", inputs: { xs: [x, x, x] }, attrs: { axis } })),
    ...axes.map((axis): OpCase => ({
      op: "slice",
      inputs: { x },
      attrs: { starts: [1], ends: [x[axis]], axes: [axis] },
    })),
    { op: "slice", inputs: { x }, attrs: { starts: axes.map(() => 1), ends: x } },
    { op: "slice", inputs: { x }, attrs: { starts: axes.map((axis) => axis % 2), ends: x } },
    ...axes.slice(1).map((axis): OpCase => ({ op: "flatten", inputs: { x }, attrs: { axis } })),
    { op: "reshape", inputs: { x }, attrs: { shape: [-1] } },
    { op: "reshape", inputs: { x }, attrs: { shape: [2, 3, 2, -1] } },
    { op: "reshape", inputs: { x }, attrs: { shape: x.toReversed() } },
    {
      op: "reshape",
      inputs: { x: [x.slice(0, 2), x.slice(2, 4), x.slice(4), []].map(elementCount) },
      attrs: { shape: x },
    },
    { op: "dropout", inputs: { x } },
  ];
});

const exactCases = [...movements, ...arithmetic, ...linears];
const roundedCases = [...elementwise, ...normalisations, ...means, ...linears];

function networkOf({ op, inputs, attrs = {}, ranges = {} }: OpCase, isExact: boolean): FilledNetwork {
  const spec = oneOpNetwork(op, op, inputs, attrs);
  const { graph } = spec;
  const names = [...graph.inputs, ...graph.parameters].map(({ name }) => name);
  const drawn = Object.entries(ranges).map(([name, [low, high]]) => [name, { kind: "uniform", low, high }] as const);
  const fills = isExact ? Object.fromEntries(names.map((name) => [name, lattice])) : Object.fromEntries(drawn);
  return fillNetwork({ ...spec, fills: { ...spec.fills, ...fills } }, { arithmetic: "f32" });
}

describe.each([
  ["cpu", createCpu],
  ["wasm", createWasm],
])("operations of rank 5 to 8 on %s", (_name, create) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await create();
  });
  afterAll(async () => {
    expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
    await backend.dispose();
  });

  const named = (cases: readonly OpCase[], isExact: boolean): (readonly [string, FilledNetwork])[] =>
    cases.map((opCase) => {
      const { op, inputs, attrs } = opCase;
      return [`${op} ${JSON.stringify(inputs)} ${JSON.stringify(attrs ?? {})}`, networkOf(opCase, isExact)];
    });

  it.each(named(exactCases, true))("%s is exact on whole numbers", async (_label, network) => {
    expect(await disagreement(backend, network, true)).toBeUndefined();
  });

  it.each(named(roundedCases, false))("%s is within its bound", async (_label, network) => {
    expect(await disagreement(backend, network)).toBeUndefined();
  });
});
