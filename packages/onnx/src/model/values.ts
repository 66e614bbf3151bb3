import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Shape } from "@isoconv/core-spec";
import {
  TensorProto_DataType,
  ValueInfoProtoSchema,
  type TensorShapeProto_DimensionSchema,
  type ValueInfoProto,
} from "onnx-buf";

type DimensionInit = MessageInitShape<typeof TensorShapeProto_DimensionSchema>;

/** The declaration of a float32 input or output; the symbolic batch becomes the dimension parameter `N`. */
export function valueInfo(name: string, shape: Shape): ValueInfoProto {
  const dim = shape.map((extent): DimensionInit => ({
    value: extent === "N" ? { case: "dimParam", value: "N" } : { case: "dimValue", value: BigInt(extent) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } } },
  });
}
