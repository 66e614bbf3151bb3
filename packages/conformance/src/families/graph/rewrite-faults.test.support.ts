import {
  bindShape,
  float32,
  foldBatchNorm,
  graphFromJson,
  graphToJson,
  rewriteGraph,
  sameShape,
  type GraphBuilder,
  type NodeOf,
  type Node,
  type Network,
  type OpName,
  type Value,
} from "@isoconv/core-spec";
import { faultOf, type Fault } from "../../faults.js";
import { namesThrough, passFault, prunesInputs, refusing } from "./limit-faults.test.support.js";

/** Rewrites nodes of one operation whose operand `x` (or `a`) is a node of another. */
function fuses<A extends OpName, B extends OpName>(
  name: string,
  first: A,
  second: B,
  fuse: (a: NodeOf<A>, b: NodeOf<B>, g: GraphBuilder, valueOf: (name: string) => Value) => Value | undefined,
): Fault {
  return passFault(name, (graph) => {
    const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
    const isOf = <K extends OpName>(node: Node | undefined, op: K): node is Extract<Node, { op: K }> => node?.op === op;
    return rewriteGraph(graph, (node, g, valueOf) => {
      if (!isOf(node, second)) return undefined;
      const producer = nodes.get("x" in node.inputs ? node.inputs.x : "a" in node.inputs ? node.inputs.a : "");
      if (!isOf(producer, first)) return undefined;
      return fuse(producer as NodeOf<A>, node as NodeOf<B>, g, valueOf);
    });
  });
}

const sum = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((value, k) => value + b[k]);

/** Two transposes as one, in the wrong order of composition. */
const composesWrongly = fuses("composes-wrongly", "transpose", "transpose", (a, b, g, valueOf) => {
  const [p, q] = [a.attrs.permutation, b.attrs.permutation];
  const once = g.transpose({ x: valueOf(a.inputs.x) }, { permutation: p.map((axis) => q[axis]) });
  return g.reshape({ x: once }, { shape: b.shape.map((extent) => (extent === "N" ? -1 : extent)) }, b.name);
});

const padsInConv = fuses("pads-in-conv", "pad2d", "conv2d", (a, b, g, valueOf) => {
  const inputs = { x: valueOf(a.inputs.x), w: valueOf(b.inputs.w), ...biasOf(b, valueOf) };
  const [top, left, bottom, right] = sum(a.attrs.pads, b.attrs.pads);
  return g.conv2d(inputs, { ...b.attrs, pads: [top, left, bottom, right] }, b.name);
});

function biasOf({ inputs }: NodeOf<"conv2d">, valueOf: (name: string) => Value): { readonly bias?: Value } {
  return inputs.bias === undefined ? {} : { bias: valueOf(inputs.bias) };
}

const padsInMaxPool = fuses("pads-in-max-pool", "pad2d", "maxPool2d", (a, b, g, valueOf) =>
  padded("maxPool2d", a, b, g, valueOf),
);
const padsInAvgPool = fuses("pads-in-avg-pool", "pad2d", "avgPool2d", (a, b, g, valueOf) =>
  padded("avgPool2d", a, b, g, valueOf),
);

/** The pool with the padding as its own; a pool refuses windows without an element. */
function padded(
  op: "maxPool2d" | "avgPool2d",
  a: NodeOf<"pad2d">,
  b: NodeOf<"maxPool2d"> | NodeOf<"avgPool2d">,
  g: GraphBuilder,
  valueOf: (name: string) => Value,
): Value | undefined {
  try {
    return g.apply(op, { x: valueOf(a.inputs.x) }, { ...b.attrs, pads: sum(a.attrs.pads, b.attrs.pads) }, b.name);
  } catch {
    return undefined;
  }
}

/** The residual reaches the first group only. */
const addsToFirstGroup = fuses("adds-to-first-group", "conv2d", "add", (a, b, g, valueOf) => {
  const [y, other] = [valueOf(a.name), valueOf(b.inputs.b)];
  if (a.attrs.groups === 1 || !sameShape(y.shape, other.shape)) return undefined;
  const channels = Number(y.shape[1]);
  const split = channels / a.attrs.groups;
  const cut = (x: Value, start: number, end: number): Value =>
    g.slice({ x }, { axes: [1], starts: [start], ends: [end] });
  const first = g.add({ a: cut(y, 0, split), b: cut(other, 0, split) });
  return g.concat({ xs: [first, cut(y, split, channels)] }, { axis: 1 }, b.name);
});

/** Takes some clips behind an operation for relu6. */
const takesClip = (
  name: string,
  isTaken: (clip: NodeOf<"clip">["attrs"]) => boolean,
  behind: OpName = "conv2d",
): Fault =>
  fuses(name, behind, "clip", (_a, b, g, valueOf) =>
    isTaken(b.attrs) ? g.clip({ x: valueOf(b.inputs.x) }, { min: 0, max: 6 }, b.name) : undefined,
  );
const clipped = ["add", "mul", "linear", "batchNorm", "convTranspose2d", "maxPool2d", "avgPool2d"] as const;

const normBeforePool = fuses("norm-before-pool", "maxPool2d", "batchNorm", (a, b, g, valueOf) => {
  const { scale, offset, mean, variance } = b.inputs;
  const x = g.batchNorm(
    {
      x: valueOf(a.inputs.x),
      mean: valueOf(mean),
      variance: valueOf(variance),
      ...(scale === undefined ? {} : { scale: valueOf(scale) }),
      ...(offset === undefined ? {} : { offset: valueOf(offset) }),
    },
    b.attrs,
  );
  return g.maxPool2d({ x }, a.attrs, b.name);
});

const mergesClips = fuses("merges-clips", "clip", "clip", (a, b, g, valueOf) => {
  const [min, max] = [Math.max(a.attrs.min, b.attrs.min), Math.min(a.attrs.max, b.attrs.max)];
  return g.clip({ x: valueOf(a.inputs.x) }, { min: Math.min(min, max), max }, b.name);
});

const ofNetwork = (name: string, run: (network: Network) => Network): Fault =>
  faultOf({ name, bug: "A rewrite", killedBy: ["graph"], ops: [] }, () => ({ passes: [{ name, run }] }));

/** A batch norm is folded into weights in place, although another convolution uses them too. */
const foldsSharedWeights = ofNetwork("folds-shared-weights", (network) => {
  const { graph, parameters } = foldBatchNorm.run(network);
  const before = new Map(network.graph.nodes.map((node) => [node.name, node]));
  const folded = new Map<string, string>();
  for (const { name } of graph.parameters) {
    const conv = before.get(name.replace(/\.w:folded.*$/, ""));
    if (name.includes(".w:folded") && conv?.op === "conv2d") folded.set(conv.inputs.w, name);
  }
  const names = new Set(graph.nodes.map((node) => node.name));
  const nodes = graph.nodes.map((node) => {
    const w = node.op === "conv2d" && names.has(node.name) ? folded.get(node.inputs.w) : undefined;
    return w === undefined ? node : { ...node, inputs: { ...node.inputs, w } };
  });
  return { graph: graphFromJson({ ...graphToJson(graph), nodes }), parameters };
});

/** Sums of parameters are computed element by element, as if both had the shape of the result. */
const foldsWithoutBroadcast = ofNetwork("folds-without-broadcast", ({ graph, parameters }) => {
  const extended = { ...parameters };
  const rewritten = rewriteGraph(graph, (node, g) => {
    if (node.op !== "add") return undefined;
    const [a, b] = [parameters[node.inputs.a], parameters[node.inputs.b]];
    if (a === undefined || b === undefined) return undefined;
    const shape = bindShape(node.shape, 1);
    const name = g.freshName("folded");
    const count = shape.reduce((product, extent) => product * extent, 1);
    const data = Float32Array.from({ length: count }, (_, k) => a.data[k % a.data.length] + b.data[k % b.data.length]);
    extended[name] = float32(shape, data);
    return g.parameter(name, shape);
  });
  return { graph: rewritten, parameters: extended };
});

/** Equal operations of equal operands are one, whatever their attributes. */
const mergesUnequalNodes = passFault("merges-unequal-nodes", (graph) => {
  const first = new Map<string, Node>();
  return rewriteGraph(graph, (node, _g, valueOf) => {
    const key = JSON.stringify([node.op, node.inputs]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, node);
    return earlier !== undefined && sameShape(earlier.shape, node.shape) ? valueOf(earlier.name) : undefined;
  });
});

const isComputedWeight = ({ nodes }: Parameters<Parameters<typeof refusing>[1]>[0]): boolean => {
  const made = new Set(nodes.map(({ name }) => name));
  return nodes.some(({ inputs }) => "w" in inputs && made.has(inputs.w));
};

/** Rewrites and mistakes of tables, with the globs of the cases that are meant to find them. */
export const rewriteFaults: readonly (readonly [filter: string, faults: readonly Fault[]])[] = [
  ["graph/motif/transpose-*/**", [composesWrongly]],
  ["graph/motif/pad-*/**", [padsInConv, padsInMaxPool, padsInAvgPool]],
  ["graph/motif/*add*/**", [addsToFirstGroup]],
  [
    "graph/motif/*clip*/**",
    [
      takesClip("takes-clip-from-zero", ({ min }) => min === 0),
      takesClip("takes-clip-to-six", ({ max }) => max === 6),
      takesClip("takes-clip-above-six", ({ min, max }) => min === 0 && max > 6),
      ...clipped.flatMap((op) => [
        takesClip(`takes-clip-from-zero-behind-${op}`, ({ min }) => min === 0, op),
        takesClip(`takes-clip-to-six-behind-${op}`, ({ max }) => max === 6, op),
      ]),
      mergesClips,
    ],
  ],
  ["graph/motif/*pool*/**", [normBeforePool]],
  ["graph/shared-parameter/**", [foldsSharedWeights]],
  ["graph/constants/**", [foldsWithoutBroadcast, refusing("refuses-computed-weights", isComputedWeight)]],
  [
    "graph/interface/**",
    [
      mergesUnequalNodes,
      prunesInputs,
      refusing("refuses-graphs-without-nodes", ({ nodes }) => nodes.length === 0),
      refusing("refuses-unread-parameters", ({ nodes, outputs, parameters }) => {
        const read = JSON.stringify([nodes.map(({ inputs }) => inputs), outputs]);
        return parameters.some(({ name }) => !read.includes(`"${name}"`));
      }),
    ],
  ],
  [
    "graph/names/**",
    [
      namesThrough("escapes-dots", (name) => name.replaceAll(".", "_")),
      namesThrough("escapes-slashes", (name) => name.replaceAll("/", "_")),
      namesThrough("escapes-colons", (name) => name.replaceAll(":", "_")),
      namesThrough("escapes-dashes", (name) => name.replaceAll("-", "_")),
      namesThrough("drops-punctuation", (name) => name.replaceAll(/\W/g, "")),
      namesThrough("drops-leading-digits", (name) => name.replace(/^\d+/, "")),
      namesThrough("drops-suffixes", (name) => name.replace(/:\d+$/, "")),
      namesThrough("ignores-case", (name) => name.toLowerCase()),
      namesThrough("reads-numbers", (name) => (Number.isNaN(Number(name)) ? name : String(Number(name)))),
      refusing("looks-up-in-an-object", ({ nodes }) => nodes.some(({ name }) => name in {})),
    ],
  ],
];
