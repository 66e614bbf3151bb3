import * as tf from "@tensorflow/tfjs-layers";
import * as tfc from "@tensorflow/tfjs-core";
import { shapesOf, type Graph, type Node, type NodeOf, type Parameters } from "@isoconv/core-spec";

type Symbolic = tf.SymbolicTensor;

/**
 * The same network as a `tf.layers` user would write it: channels last, batch norm as a layer, `same` padding if it
 * equals PyTorch's and a zero padding layer before the layer otherwise.
 */
export function layersModel(graph: Graph, parameters: Parameters): tf.LayersModel {
  const shapes = shapesOf(graph);
  const values = new Map<string, Symbolic>();
  const weights: [tf.layers.Layer, tfc.Tensor[]][] = [];
  const valueOf = (name: string): Symbolic => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`no layer for ${name}`);
    return value;
  };
  const [input] = graph.inputs;
  if (input === undefined) throw new Error("a graph without input");
  const [, channels, height, width] = input.shape;
  const start = tf.input({ shape: [Number(height), Number(width), Number(channels)] });
  values.set(input.name, start);
  const context: Context = {
    tensor: (name) => {
      const tensor = parameters[name];
      if (tensor?.dtype !== "float32") throw new Error(`no parameter ${name}`);
      return tfc.tensor(tensor.data, [...tensor.shape]);
    },
    shapeOf: (name) => (shapes.get(name) ?? []).map(Number),
    add: (layer, x, tensors = []) => {
      const y = layer.apply(x) as Symbolic;
      if (tensors.length > 0) weights.push([layer, tensors]);
      return y;
    },
    producerOf: (name) => graph.nodes.find((node) => node.name === name),
  };
  for (const node of graph.nodes) values.set(node.name, addLayer(node, valueOf, context));
  const model = tf.model({ inputs: start, outputs: valueOf(graph.outputs[0]?.value ?? "") });
  for (const [layer, tensors] of weights) {
    layer.setWeights(tensors);
    tensors.forEach((tensor) => tensor.dispose());
  }
  return model;
}

interface Context {
  readonly tensor: (name: string) => tfc.Tensor;
  readonly shapeOf: (name: string) => number[];
  readonly add: (layer: tf.layers.Layer, x: Symbolic | Symbolic[], weights?: tfc.Tensor[]) => Symbolic;
  readonly producerOf: (name: string) => Node | undefined;
}

function addLayer(node: Node, valueOf: (name: string) => Symbolic, context: Context): Symbolic {
  const { add } = context;
  switch (node.op) {
    case "conv2d":
      return addConv(node, valueOf(node.inputs.x), context);
    case "batchNorm": {
      const { mean, variance, scale, offset } = node.inputs;
      if (scale === undefined || offset === undefined) throw new Error("a batch norm without scale or offset");
      const tensors = [scale, offset, mean, variance].map(context.tensor);
      return add(tf.layers.batchNormalization({ epsilon: node.attrs.epsilon }), valueOf(node.inputs.x), tensors);
    }
    case "maxPool2d": {
      const { kernel, strides, pads } = node.attrs;
      const x = pad(valueOf(node.inputs.x), pads, context);
      return add(tf.layers.maxPooling2d({ poolSize: [...kernel], strides: [...strides] }), x);
    }
    case "avgPool2d":
      return add(
        tf.layers.averagePooling2d({ poolSize: [...node.attrs.kernel], strides: [...node.attrs.strides] }),
        valueOf(node.inputs.x),
      );
    case "globalAvgPool2d":
    case "adaptiveAvgPool2d":
      return add(tf.layers.globalAveragePooling2d({}), valueOf(node.inputs.x));
    case "flatten": {
      const x = valueOf(node.inputs.x);
      return x.shape.length === 2 ? x : add(tf.layers.flatten(), x);
    }
    case "linear":
      return addLinear(node, valueOf(node.inputs.x), context);
    case "add":
      return add(tf.layers.add(), [valueOf(node.inputs.a), valueOf(node.inputs.b)]);
    case "relu":
    case "sigmoid":
      return add(tf.layers.activation({ activation: node.op }), valueOf(node.inputs.x));
    default:
      throw new Error(`no tf.layers counterpart of ${node.op}`);
  }
}

function pad(
  x: Symbolic,
  [top, left, bottom, right]: readonly [number, number, number, number],
  { add }: Context,
): Symbolic {
  return top + left + bottom + right === 0
    ? x
    : add(
        tf.layers.zeroPadding2d({
          padding: [
            [top, bottom],
            [left, right],
          ],
        }),
        x,
      );
}

function addConv(node: NodeOf<"conv2d">, x: Symbolic, context: Context): Symbolic {
  const [filters = 1, , kernelHeight = 1, kernelWidth = 1] = context.shapeOf(node.inputs.w);
  const { strides, pads } = node.attrs;
  const same =
    strides[0] === 1 &&
    strides[1] === 1 &&
    pads.every((extent, side) => extent * 2 === (side % 2 === 0 ? kernelHeight : kernelWidth) - 1);
  const layer = tf.layers.conv2d({
    filters,
    kernelSize: [kernelHeight, kernelWidth],
    strides: [...strides],
    padding: same ? "same" : "valid",
    useBias: node.inputs.bias !== undefined,
  });
  const kernel = tfc.transpose(context.tensor(node.inputs.w), [2, 3, 1, 0]);
  const tensors = node.inputs.bias === undefined ? [kernel] : [kernel, context.tensor(node.inputs.bias)];
  return context.add(layer, same ? x : pad(x, pads, context), tensors);
}

/** A dense layer; after a flatten its columns go from PyTorch's CHW order to the channels-last order of `tf.layers`. */
function addLinear(node: NodeOf<"linear">, x: Symbolic, context: Context): Symbolic {
  const [units = 1] = context.shapeOf(node.inputs.w);
  const producer = context.producerOf(node.inputs.x);
  const weight = context.tensor(node.inputs.w);
  const [, channels = 1, height = 1, width = 1] = producer?.op === "flatten" ? context.shapeOf(producer.inputs.x) : [];
  const ordered =
    height * width === 1
      ? weight
      : tfc.reshape(tfc.transpose(tfc.reshape(weight, [units, channels, height, width]), [0, 2, 3, 1]), [
          units,
          channels * height * width,
        ]);
  const tensors = [
    tfc.transpose(ordered),
    ...(node.inputs.bias === undefined ? [] : [context.tensor(node.inputs.bias)]),
  ];
  return context.add(tf.layers.dense({ units, useBias: node.inputs.bias !== undefined }), x, tensors);
}
