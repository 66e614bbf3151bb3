import { formatNumber, type ConcreteShape } from "@isoconv/core-spec";
import { attributeProtos, type Attributes } from "../model/attributes.js";
import type { NodeProto, TensorProto } from "../model/protos.js";
import { embeddedTensor, int64Vector } from "../model/tensors.js";
import { MARK } from "./names.js";
import type { LoweringSite, NodeInputs } from "./lowering-site.js";

interface Place extends Pick<LoweringSite, "shape" | "readers"> {
  readonly name: string;
  readonly output: string;
}

/** Collects the nodes and small constants of a model. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly #constants = new Map<string, TensorProto>();

  get constants(): readonly TensorProto[] {
    return [...this.#constants.values()];
  }

  /** The site of a node called `name` whose result is the tensor `output`. */
  site({ name, output, shape, readers }: Place): LoweringSite {
    let steps = 0;
    return {
      shape,
      readers,
      last: (opType, inputs, attributes) => {
        this.#add(opType, name, inputs, output, attributes);
        return { name: output, shape };
      },
      step: (opType, inputs, attributes) => {
        const tensor = `${name}${MARK}${(steps += 1)}`;
        this.#add(opType, tensor, inputs, tensor, attributes);
        return tensor;
      },
      int64: (values) => this.#constant(`int64[${values.join()}]`, (key) => int64Vector(key, values)),
      scalar: (value) => this.#floats(`float(${formatNumber(value)})`, [], () => new Float32Array([value])),
      filled: (length, value) =>
        this.#floats(`float(${formatNumber(value)})[${length}]`, [length], () => new Float32Array(length).fill(value)),
      vector: (values) =>
        this.#floats(`float[${values.map(formatNumber).join()}]`, [values.length], () => Float32Array.from(values)),
    };
  }

  #add(opType: string, name: string, inputs: NodeInputs, output: string, attributes: Attributes = {}): void {
    // An optional operand at the end is omitted; one before others gets the name "".
    const given = inputs.slice(0, inputs.findLastIndex((input) => input !== undefined) + 1);
    const node = { opType, name, input: given.map((input) => input ?? ""), output: [output] };
    this.nodes.push({ ...node, attribute: attributeProtos(attributes) });
  }

  #floats(content: string, shape: ConcreteShape, data: () => Float32Array): string {
    return this.#constant(content, (key) => embeddedTensor(key, shape, data()));
  }

  /** Equal constants are stored once. */
  #constant(content: string, make: (name: string) => TensorProto): string {
    const name = `${MARK}${content}`;
    if (!this.#constants.has(name)) this.#constants.set(name, make(name));
    return name;
  }
}
