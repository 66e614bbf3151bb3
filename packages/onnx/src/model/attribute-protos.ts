import { create } from "@bufbuild/protobuf";
import { AttributeProto_AttributeType as Type, AttributeProtoSchema, type AttributeProto } from "onnx-buf";
import type { Attributes, AttributeValue } from "./attributes.js";

/** Attributes as messages of the ONNX schema. */
export function attributeProtos(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => create(AttributeProtoSchema, { name, ...payload(value) }));
}

function payload(value: AttributeValue): Partial<Omit<AttributeProto, "$typeName">> {
  if ("int" in value) return { type: Type.INT, i: BigInt(value.int) };
  if ("float" in value) return { type: Type.FLOAT, f: value.float };
  if ("ints" in value) return { type: Type.INTS, ints: value.ints.map(BigInt) };
  return { type: Type.STRING, s: new TextEncoder().encode(value.string) };
}
