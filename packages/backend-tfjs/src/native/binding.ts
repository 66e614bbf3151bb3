/** The part of tfjs-node's native binding that runs single operations of TensorFlow's eager C API. */
export interface TensorFlowBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_TYPE: number;
  /** The tensor may use the array as its memory or copy it, so the array must not change afterwards. */
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  /** A copy; booleans are returned as bytes. */
  tensorDataSync(id: number): unknown;
  executeOp(
    name: string,
    attributes: readonly { readonly name: string; readonly type: number; readonly value: AttributeValue }[],
    inputs: readonly number[],
    outputs: number,
  ): readonly TensorMetadata[];
  isUsingGpuDevice(): boolean;
}

interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
}

type AttributeValue = boolean | number | string | readonly number[];

/** An attribute of an operation; the C API needs its type. */
export interface OpAttribute {
  readonly type: "bool" | "float" | "int" | "string" | "dtype";
  readonly value: AttributeValue;
}

export type OpAttributes = Readonly<Record<string, OpAttribute>>;

export const bool = (value: boolean): OpAttribute => ({ type: "bool", value });
export const float = (value: number): OpAttribute => ({ type: "float", value });
export const int = (value: number | readonly number[]): OpAttribute => ({ type: "int", value });
export const text = (value: string): OpAttribute => ({ type: "string", value });
export const dtype = (value: "float32" | "int32"): OpAttribute => ({ type: "dtype", value });

/** Runs one operation that has one result. */
export function execute(
  binding: TensorFlowBinding,
  name: string,
  inputs: readonly number[],
  attributes: OpAttributes,
): TensorMetadata {
  const typed = Object.entries(attributes).map(([key, { type, value }]) => ({
    name: key,
    type: typeCode(binding, type),
    value: type === "dtype" ? (value === "int32" ? binding.TF_INT32 : binding.TF_FLOAT) : value,
  }));
  try {
    return binding.executeOp(name, typed, inputs, 1)[0];
  } catch (cause) {
    throw new Error(`TensorFlow's ${name} failed: ${reasonOf(cause)}`, { cause });
  }
}

function typeCode(binding: TensorFlowBinding, type: OpAttribute["type"]): number {
  switch (type) {
    case "bool":
      return binding.TF_ATTR_BOOL;
    case "float":
      return binding.TF_ATTR_FLOAT;
    case "int":
      return binding.TF_ATTR_INT;
    case "string":
      return binding.TF_ATTR_STRING;
    case "dtype":
      return binding.TF_ATTR_TYPE;
  }
}

/** The binding's messages have the form `Invalid TF_Status: 3⏎Message: …`. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/^Invalid TF_Status: \d+\s+Message: /, "").replaceAll(/\s+/g, " ");
}
