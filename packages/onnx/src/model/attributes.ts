import { create } from "@bufbuild/protobuf";
import { AttributeProto_AttributeType as Type, AttributeProtoSchema, type AttributeProto } from "onnx-buf";

/** The value of an ONNX attribute with its type, because ONNX distinguishes 1 from 1.0. */
export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };

export type Attributes = Readonly<Record<string, AttributeValue>>;

export const int = (value: number): AttributeValue => ({ int: value });
export const float = (value: number): AttributeValue => ({ float: value });
export const ints = (values: readonly number[]): AttributeValue => ({ ints: values });
export const string = (value: string): AttributeValue => ({ string: value });

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
