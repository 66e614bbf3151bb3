import { create } from "@bufbuild/protobuf";
import type { ConcreteShape } from "@isoconv/core-spec";
import {
  StringStringEntryProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type TensorProto,
} from "onnx-buf";

/** A constant inside the model. `data` is referenced, not copied, until the model is encoded. */
export function embeddedTensor(name: string, shape: ConcreteShape, data: Float32Array): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: DataType.FLOAT,
    dims: shape.map(BigInt),
    rawData: bytesOf(data),
  });
}

/** A constant whose bytes are passed to the runtime beside the model, under `path`. */
export function externalTensor(name: string, shape: ConcreteShape, path: string, byteLength: number): TensorProto {
  const entries = { location: path, offset: "0", length: String(byteLength) };
  return create(TensorProtoSchema, {
    name,
    dataType: DataType.FLOAT,
    dims: shape.map(BigInt),
    dataLocation: DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
  });
}

/** A list of integers: ONNX takes shapes, axes and pads in this form. */
export function int64Vector(name: string, values: readonly number[]): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: DataType.INT64,
    dims: [BigInt(values.length)],
    int64Data: values.map(BigInt),
  });
}

/** The bytes of an array without a copy, except from shared memory, which no runtime accepts. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array<ArrayBuffer> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength));
}
