import type { ConcreteShape, Shape } from "@isoconv/core-spec";
import { DataLocation, DataType, type TensorProto, type ValueInfoProto } from "./protos.js";

/** The declaration of a float32 input or output; the symbolic batch becomes the dimension parameter `N`. */
export function valueInfo(name: string, shape: Shape): ValueInfoProto {
  return { name, elemType: DataType.FLOAT, dims: shape };
}

/** A constant inside the model. `data` is referenced, not copied, until the model is encoded. */
export function embeddedTensor(name: string, shape: ConcreteShape, data: Float32Array): TensorProto {
  return { name, dataType: DataType.FLOAT, dims: shape, rawData: bytesOf(data) };
}

/** A constant whose bytes are passed to the runtime beside the model, under `path`. */
export function externalTensor(name: string, shape: ConcreteShape, path: string, byteLength: number): TensorProto {
  const entries = { location: path, offset: "0", length: String(byteLength) };
  return {
    name,
    dataType: DataType.FLOAT,
    dims: shape,
    dataLocation: DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  };
}

/** A list of integers: ONNX takes shapes, axes and pads in this form. */
export function int64Vector(name: string, values: readonly number[]): TensorProto {
  return { name, dataType: DataType.INT64, dims: [values.length], int64Data: values };
}

/** The bytes of an array without a copy, except from shared memory, which no runtime accepts. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array<ArrayBuffer> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength));
}
