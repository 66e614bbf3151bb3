import type { Attrs } from "@isoconv/core-spec";
import type { Attributes } from "../model/attributes.js";
import type { LoweringSite, NodeInputs, Operand } from "./lowering-site.js";

export type Activation = Attrs<"conv2d">["activation"];

interface Producer {
  readonly opType: string;
  readonly inputs: NodeInputs;
  readonly attributes: Attributes;
}

/** A node followed by its activation. ONNX has no fused form; ONNX Runtime fuses the pair when it loads the model. */
export function lastWithActivation(site: LoweringSite, producer: Producer, activation: Activation): Operand {
  const { opType, inputs, attributes } = producer;
  if (activation === "none") return site.last(opType, inputs, attributes);
  const y = site.step(opType, inputs, attributes);
  return activation === "relu" ? site.last("Relu", [y]) : site.last("Clip", [y, site.scalar(0), site.scalar(6)]);
}

/** {@link lastWithActivation} for a step that other nodes follow. */
export function stepWithActivation(site: LoweringSite, producer: Producer, activation: Activation): string {
  const y = site.step(producer.opType, producer.inputs, producer.attributes);
  if (activation === "none") return y;
  return activation === "relu" ? site.step("Relu", [y]) : site.step("Clip", [y, site.scalar(0), site.scalar(6)]);
}
