import { AttributeType, type AttributeProto } from "./protos.js";

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
export function attributeProtos(attributes: Attributes): readonly AttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => ({ name, ...payload(value) }));
}

function payload(value: AttributeValue): Omit<AttributeProto, "name"> {
  if ("int" in value) return { type: AttributeType.INT, i: value.int };
  if ("float" in value) return { type: AttributeType.FLOAT, f: value.float };
  if ("ints" in value) return { type: AttributeType.INTS, ints: value.ints };
  return { type: AttributeType.STRING, s: new TextEncoder().encode(value.string) };
}
