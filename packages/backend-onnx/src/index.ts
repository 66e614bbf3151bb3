export { lowerGraph, type LoweredGraph, type LowerOptions } from "@isoconv/onnx";
export type { ExternalData } from "@isoconv/onnx";
export { IR_VERSION, OPSET } from "@isoconv/onnx";
