import { listOperands, type Graph, type Node } from "@isoconv/core-spec";

/**
 * Whether the logits are a linear function of the means of maps, so that each position's contribution to a class can be
 * computed (Zhou et al., Learning deep features for discriminative localization, 2016); if not, the reason.
 */
export type ActivationPlan =
  | {
      readonly kind: "possible";
      /** The value that is pooled. */
      readonly maps: string;
      /** The last layer; absent if the maps are already one for each class. */
      readonly head: { readonly weight: string; readonly bias: string | undefined } | undefined;
    }
  | { readonly kind: "no-pooling"; readonly node: string; readonly op: string }
  | { readonly kind: "between"; readonly node: string; readonly op: string };

/** Finds global average pooling followed by at most one linear layer, which a class activation map requires. */
export function activationPlan(graph: Graph): ActivationPlan {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const logits = graph.outputs.find(({ name }) => name === "logits") ?? graph.outputs[0];
  let node = pass(nodes, logits?.value ?? "");
  let head: Extract<ActivationPlan, { kind: "possible" }>["head"];
  if (node !== undefined && isHead(node)) {
    head = { weight: node.inputs.w, bias: node.inputs.bias };
    node = pass(nodes, node.inputs.x);
  }
  if (node !== undefined && isGlobalPooling(node, nodes)) return { kind: "possible", maps: node.inputs.x, head };
  const [name, op] = node === undefined ? ["input", "input"] : [node.name, node.op];
  return { kind: poolsBefore(node, nodes) ? "between" : "no-pooling", node: name, op };
}

/** Walks back over nodes that only change the shape. */
function pass(nodes: ReadonlyMap<string, Node>, value: string): Node | undefined {
  let node = nodes.get(value);
  while (node !== undefined && (node.op === "flatten" || node.op === "reshape" || node.op === "dropout")) {
    node = nodes.get(node.inputs.x);
  }
  return node;
}

type Head = Extract<Node, { op: "linear" | "conv2d" }>;

function isHead(node: Node): node is Head {
  if (node.op !== "linear" && node.op !== "conv2d") return false;
  const isOnePosition = node.shape.slice(2).every((extent) => extent === 1);
  return isOnePosition && node.attrs.activation === "none" && (node.op === "linear" || node.attrs.groups === 1);
}

type Pooling = Extract<Node, { op: "globalAvgPool2d" | "adaptiveAvgPool2d" | "avgPool2d" }>;

function isGlobalPooling(node: Node, nodes: ReadonlyMap<string, Node>): node is Pooling {
  if (node.op === "globalAvgPool2d") return true;
  if (node.op === "adaptiveAvgPool2d") return node.attrs.outputSize.every((extent) => extent === 1);
  if (node.op !== "avgPool2d") return false;
  const [, , height, width] = nodes.get(node.inputs.x)?.shape ?? [];
  return node.attrs.kernel[0] === height && node.attrs.kernel[1] === width && node.attrs.pads.every((pad) => pad === 0);
}

/** Whether a node further back, along the first operands, is global pooling. */
function poolsBefore(start: Node | undefined, nodes: ReadonlyMap<string, Node>): boolean {
  for (let node = start; node !== undefined; node = nodes.get(listOperands<string>(node.inputs)[0] ?? "")) {
    if (isGlobalPooling(node, nodes)) return true;
    // Squeeze-and-excitation also pools, but on a side branch; the main path keeps its maps.
    if (node.shape.length === 4 && node.shape.slice(2).some((extent) => extent !== 1)) return false;
  }
  return false;
}
