import {
  checkOptions,
  elementCount,
  float,
  formatShape,
  IsoconvError,
  optionChecks,
  type ConcreteShape,
  type KnownOptions,
} from "@isoconv/core-spec";

/**
 * The role of a parameter, which determines its initialisation. `scale` and `shift` are a norm's γ and β, which PyTorch
 * calls `weight` and `bias`; any other factor of a channel is a `scale` too. The running statistics are buffers, and so
 * are a `center`'s coordinates, the vector from which a radial basis function measures the distance.
 */
export type ParameterKind = (typeof KINDS)[number];

const KINDS = ["weight", "bias", "scale", "shift", "runningMean", "runningVar", "center"] as const;

/** The description that a layer gives when it registers a parameter. */
export interface ParameterOptions {
  readonly shape: ConcreteShape;
  readonly kind: ParameterKind;
  /** Defaults to the product of `shape` without its first axis. A bias passes its weight's. */
  readonly fanIn?: number;
  /** The value the layer's constructor gives every element, where others of its kind have another. */
  readonly initial?: number;
}

/** The description that a layer gives when it registers a constant. */
export interface ConstantOptions {
  readonly shape: ConcreteShape;
  /** Its elements in row-major order; backends hold them as float32. */
  readonly value: readonly number[];
}

interface NamedTensor {
  /** The key in a state_dict, such as `layer1.0.conv1.weight`. */
  readonly name: string;
  readonly shape: ConcreteShape;
  /** The number of inputs that each output of the layer sums, by PyTorch's convention: elements of `weight[0]`. */
  readonly fanIn: number;
}

/** One tensor of a network's state_dict: a parameter or a buffer. */
export interface StoredParameterSpec extends NamedTensor {
  readonly kind: ParameterKind;
  /** False for buffers. */
  readonly trainable: boolean;
  /** Where PyTorch's constructor starts it, if the layer says so. */
  readonly initial?: number;
}

/** A tensor whose value is part of the network, PyTorch's non-persistent buffer; it is not in a state_dict. */
export interface ConstantSpec extends NamedTensor {
  readonly kind: "constant";
  readonly trainable: false;
  readonly value: readonly number[];
}

/** One tensor that a graph takes as a parameter. */
export type ParameterSpec = StoredParameterSpec | ConstantSpec;

const BUFFERS: ReadonlySet<ParameterKind> = new Set(["runningMean", "runningVar", "center"]);

const PARAMETER: KnownOptions<ParameterOptions> = {
  known: {
    shape: optionChecks.list,
    kind: optionChecks.oneOf(KINDS),
    fanIn: optionChecks.number,
    initial: true,
  },
};

const INITIAL = float({});

/** The spec of a parameter or buffer registered as `name`. */
export function parameterSpec(name: string, options: ParameterOptions): StoredParameterSpec {
  checkOptions(options, PARAMETER, { node: name });
  const { shape, kind, fanIn, initial } = options;
  return Object.freeze({
    name,
    shape: Object.freeze([...shape]),
    kind,
    fanIn: fanIn ?? fanInOf(shape),
    trainable: !BUFFERS.has(kind),
    ...(initial === undefined ? {} : { initial: INITIAL.parse(initial, { node: name, path: "initial" }) }),
  });
}

/**
 * The spec of a constant registered as `name`.
 *
 * @throws IsoconvError `INVALID_SHAPE` when the value does not fill the shape, `INVALID_ATTRIBUTE` for an element that is
 *   not finite in float32
 */
export function constantSpec(name: string, options: ConstantOptions): ConstantSpec {
  checkOptions(options, { known: { shape: optionChecks.list, value: optionChecks.list } }, { node: name });
  const { shape, value } = options;
  if (value.length !== elementCount(shape)) {
    throw new IsoconvError("INVALID_SHAPE", {
      node: name,
      path: "value",
      what: "the value does not fill the constant",
      expected: `${elementCount(shape)} elements for ${formatShape(shape)}`,
      received: value.length,
    });
  }
  const index = value.findIndex((element) => !Number.isFinite(Math.fround(element)));
  if (index !== -1) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      node: name,
      path: `value[${index}]`,
      what: "a constant must be finite in float32",
      expected: "a finite number",
      received: value[index],
    });
  }
  return Object.freeze({
    name,
    shape: Object.freeze([...shape]),
    kind: "constant",
    fanIn: fanInOf(shape),
    trainable: false,
    value: Object.freeze([...value]),
  });
}

/** The elements of `weight[0]`: the inputs that each output of a convolution or linear layer sums. */
export function fanInOf(shape: ConcreteShape): number {
  return elementCount(shape.slice(1));
}

/** The number of trainable scalars, without buffers and constants. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape, trainable }) => sum + (trainable ? elementCount(shape) : 0), 0);
}
