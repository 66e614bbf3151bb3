import { definitionOf, type Node, type NodeOf, type OpName, type Pair, type Shape } from "@isoconv/core-spec";
import type { DrawingBox } from "./drawing.js";
import { isFollower, isSimple } from "./blocks.js";

/**
 * What an operation does to the image and, where the layer chooses it, the number of channels or features it returns.
 */
interface Description {
  readonly does: string;
  readonly channels?: string;
}

type Shapes = ReadonlyMap<string, Shape>;

/** Operations not listed are described by their names. */
const descriptions: { readonly [K in OpName]?: (node: NodeOf<K>, shapes: Shapes) => Description } = {
  conv2d: ({ inputs, attrs: { strides, dilations, groups } }, shapes) => {
    const [out, inPerGroup, height, width] = (shapes.get(inputs.w) ?? []).map(Number);
    const isDepthwise = groups > 1 && inPerGroup === 1;
    const kind = isDepthwise ? "depthwise" : "conv";
    const dilated = dilations.some((dilation) => dilation > 1) ? ` dilated ${formatPair(dilations)}` : "";
    const grouped = groups > 1 && !isDepthwise ? ` in ${groups} groups` : "";
    return { does: `${kind} ${height}×${width}${formatStrides(strides)}${dilated}${grouped}`, channels: `${out}` };
  },
  convTranspose2d: ({ inputs, attrs: { strides }, shape }, shapes) => {
    const [, , height, width] = shapes.get(inputs.w) ?? [];
    return { does: `transposed conv ${height}×${width}${formatStrides(strides)}`, channels: `${shape[1]}` };
  },
  linear: ({ shape }) => ({ does: "linear", channels: `${shape.at(-1)}` }),
  maxPool2d: ({ attrs }) => ({ does: `max pool ${attrs.kernel.join("×")}${formatStrides(attrs.strides)}` }),
  avgPool2d: ({ attrs }) => ({ does: `average pool ${attrs.kernel.join("×")}${formatStrides(attrs.strides)}` }),
  globalAvgPool2d: () => ({ does: "global average pool" }),
  adaptiveAvgPool2d: ({ attrs }) => ({ does: `average pool to ${attrs.outputSize.join("×")}` }),
  upsample: ({ attrs }) => ({ does: `upsample ×${formatPair(attrs.scales)}` }),
  clip: ({ attrs: { min, max } }) => ({ does: min === 0 && max === 6 ? "relu6" : "clip" }),
  pad2d: () => ({ does: "pad" }),
};

function describeNode<K extends OpName>(node: NodeOf<K>, shapes: Shapes): Description {
  return descriptions[node.op]?.(node, shapes) ?? { does: node.op };
}

/** Kinds of operations that a block's description lists. */
const LISTED = 4;

/** The text of a box for the nodes in it. */
export function describeBlock(
  nodes: readonly Node[],
  shapes: Shapes,
): Pick<DrawingBox, "kind" | "does" | "followers" | "family"> {
  if (!isSimple(nodes)) return { kind: "block", does: listOperations(nodes, shapes), followers: [], family: null };
  const main = nodes.find((node) => !isFollower(node)) ?? nodes[0];
  if (main === undefined) return { kind: "block", does: "", followers: [], family: null };
  const { does, channels } = describeNode(main, shapes);
  return {
    kind: "operation",
    does: channels === undefined ? does : `${does}, ${channels}`,
    followers: nodes.filter((node) => node !== main).map((node) => describeNode(node, shapes).does),
    family: definitionOf(main.op).family,
  };
}

/** `4 conv 1×1, 2 conv 3×3, max pool 3×3, concat`: kinds in the order in which they first appear. */
function listOperations(nodes: readonly Node[], shapes: Shapes): string {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    if (isFollower(node)) continue;
    const { does } = describeNode(node, shapes);
    counts.set(does, (counts.get(does) ?? 0) + 1);
  }
  const kinds = [...counts].map(([does, count]) => (count === 1 ? does : `${count} ${does}`));
  return [...kinds.slice(0, LISTED), ...(kinds.length > LISTED ? ["…"] : [])].join(", ");
}

/** For example `/2` for a stride of 2; nothing for a stride of 1. */
function formatStrides(strides: Pair): string {
  return strides.every((stride) => stride === 1) ? "" : ` /${formatPair(strides)}`;
}

function formatPair([height, width]: Pair): string {
  return height === width ? `${height}` : `${height}×${width}`;
}
