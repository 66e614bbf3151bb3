import {
  float32,
  ownValue,
  rewriteGraph,
  type GraphBuilder,
  type Network,
  type Node,
  type NodeOf,
  type Parameters,
  type Tensor,
  type TensorOf,
  type Value,
} from "@isoconv/core-spec";

/** A network in which some parameters have become inputs. */
export interface FedNetwork extends Network {
  /** The feeds of those inputs: views of the parameters. */
  readonly constants: Readonly<Record<string, TensorOf<"float32">>>;
}

/**
 * Loading the convolutions leaves free gaps of about this size in the C allocator's memory. Blocks up to this size fit
 * into the gaps; larger ones need additional memory.
 */
const BLOCK_BYTES = 8 * 2 ** 20;

/** Whether a network has a linear layer whose matrix is larger than one block. */
export function hasLargeMatrix({ graph, parameters }: Network, blockBytes = BLOCK_BYTES): boolean {
  return graph.nodes.some((node) => largeLayer(node, parameters, blockBytes) !== undefined);
}

/**
 * Turns the matrices of linear layers that are larger than one block into inputs, in blocks of rows:
 * `y = concat(x·w₀ᵀ + b₀, x·w₁ᵀ + b₁, …)`.
 *
 * A matrix that is computed or already fed stays, and so does one whose bias is computed or fed.
 */
export function feedMatrices(network: Network, blockBytes = BLOCK_BYTES): FedNetwork {
  const { graph, parameters } = network;
  if (!hasLargeMatrix(network, blockBytes)) return { ...network, constants: {} };
  const extended: Record<string, Tensor> = { ...parameters };
  const constants: Record<string, TensorOf<"float32">> = {};
  const cut = new Map<string, readonly Value[]>();
  const rewritten = rewriteGraph(graph, (node, g, valueOf) => {
    const layer = largeLayer(node, parameters, blockBytes);
    if (layer === undefined) return undefined;
    const { linear, w, bias, rows } = layer;
    const matrices = enterBlocks(g, cut, linear.inputs.w, w, rows, (name, block) => {
      constants[name] = block;
      return g.input(name, block.shape);
    });
    const biases = enterBlocks(g, cut, linear.inputs.bias, bias, rows, (name, block) => {
      extended[name] = block;
      return g.parameter(name, block.shape);
    });
    const x = valueOf(linear.inputs.x);
    const xs = matrices.map((block, index) =>
      g.linear({ x, w: block, bias: biases[index] }, linear.attrs, g.freshName(`${node.name}:rows`)),
    );
    return g.concat({ xs }, { axis: node.shape.length - 1 }, node.name);
  });
  return { graph: rewritten, parameters: extended, constants };
}

interface LargeLayer {
  readonly linear: NodeOf<"linear">;
  readonly w: TensorOf<"float32">;
  readonly bias: TensorOf<"float32"> | undefined;
  /** The number of rows of `w` in a block. */
  readonly rows: number;
}

function largeLayer(node: Node, parameters: Parameters, blockBytes: number): LargeLayer | undefined {
  if (node.op !== "linear") return undefined;
  const w = parameterOf(parameters, node.inputs.w);
  const bias = parameterOf(parameters, node.inputs.bias);
  if (w === undefined || w.data.byteLength <= blockBytes) return undefined;
  if (node.inputs.bias !== undefined && bias === undefined) return undefined;
  const rowBytes = w.data.byteLength / (w.shape[0] ?? 1);
  return { linear: node, w, bias, rows: Math.max(1, Math.floor(blockBytes / rowBytes)) };
}

function parameterOf(parameters: Parameters, name: string | undefined): TensorOf<"float32"> | undefined {
  const tensor = name === undefined ? undefined : ownValue(parameters, name);
  return tensor?.dtype === "float32" ? tensor : undefined;
}

/** The blocks of a parameter as values of the graph; those of a shared parameter are added once. */
function enterBlocks(
  g: GraphBuilder,
  entered: Map<string, readonly Value[]>,
  name: string | undefined,
  tensor: TensorOf<"float32"> | undefined,
  rows: number,
  enter: (name: string, block: TensorOf<"float32">) => Value,
): readonly Value[] {
  if (name === undefined || tensor === undefined) return [];
  const key = `${rows} rows of ${name}`;
  const values = entered.get(key) ?? rowBlocks(tensor, rows).map((block) => enter(g.freshName(`${name}:rows`), block));
  entered.set(key, values);
  return values;
}

function rowBlocks({ shape, data }: TensorOf<"float32">, rows: number): readonly TensorOf<"float32">[] {
  const [height = 0, ...row] = shape;
  const width = data.length / height;
  return Array.from({ length: Math.ceil(height / rows) }, (_, index) => {
    const begin = index * rows;
    const end = Math.min(begin + rows, height);
    return float32([end - begin, ...row], data.subarray(begin * width, end * width));
  });
}
