import { elementCount, type ConcreteShape } from "@isoconv/core-spec";

/**
 * What a parameter does, which decides how it is initialised. `scale` and `shift` are batch norm's γ and β, which PyTorch
 * calls `weight` and `bias`; the running statistics are buffers.
 */
export type ParameterKind = "weight" | "bias" | "scale" | "shift" | "runningMean" | "runningVar";

/** What a layer says of a parameter when it registers it. */
export interface ParameterOptions {
  readonly shape: ConcreteShape;
  readonly kind: ParameterKind;
  /** Defaults to the product of `shape` after its first axis. A bias passes its weight's. */
  readonly fanIn?: number;
}

/** One tensor of a network's state_dict. */
export interface ParameterSpec {
  /** The key in a state_dict, such as `layer1.0.conv1.weight`. */
  readonly name: string;
  readonly shape: ConcreteShape;
  readonly kind: ParameterKind;
  /** How many inputs each output of the layer sums, by PyTorch's convention: elements of `weight[0]`. */
  readonly fanIn: number;
  /** False for running statistics. */
  readonly trainable: boolean;
}

/** The spec of a parameter registered as `name`. */
export function parameterSpec(name: string, { shape, kind, fanIn }: ParameterOptions): ParameterSpec {
  return Object.freeze({
    name,
    shape: Object.freeze([...shape]),
    kind,
    fanIn: fanIn ?? fanInOf(shape),
    trainable: kind !== "runningMean" && kind !== "runningVar",
  });
}

/** Elements of `weight[0]`: the inputs that each output of a convolution or linear layer sums. */
export function fanInOf(shape: ConcreteShape): number {
  return elementCount(shape.slice(1));
}

/** The number of trainable scalars; running statistics do not count. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, { shape, trainable }) => sum + (trainable ? elementCount(shape) : 0), 0);
}
