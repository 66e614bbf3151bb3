import {
  elementCount,
  float32,
  IsoconvError,
  sameShape,
  type ConcreteShape,
  type Parameters,
  type TensorOf,
} from "@isoconv/core-spec";
import type { ParameterSpec } from "@isoconv/nn";
import type { WeightsFile } from "@isoconv/weights";
import type { Model } from "../model.js";
import { axesByOption } from "./parameters-by-option.js";

/** A parameter of the first layer that a file has for RGB images. */
export interface RgbParameter {
  readonly spec: ParameterSpec;
  /** The shape in the file. */
  readonly shape: ConcreteShape;
  /** The axis of the channels. */
  readonly axis: number;
}

const RGB = 3;

/**
 * The parameters of the first layer that the file has for RGB images, where the network takes others.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for a network of two channels
 */
export function rgbParameters(model: Model, { tensors }: WeightsFile): readonly RgbParameter[] {
  const channels = Number(model.inputShape[1]);
  if (channels === RGB) return [];
  if (channels < RGB && channels !== 1) {
    throw new IsoconvError("INVALID_ATTRIBUTE", {
      node: model.name,
      path: "options.adaptChannels",
      what: "no rule for this number of channels",
      expected: "a network of 1, 3 or more channels",
      received: channels,
    });
  }
  const axes = axesByOption(model, "channels");
  return model.parameters.flatMap((spec) => {
    const axis = axes.get(spec.name);
    if (axis === undefined) return [];
    const shape = spec.shape.with(axis, RGB);
    return sameShape(shape, tensors.get(spec.name)?.shape ?? []) ? [{ spec, shape, axis }] : [];
  });
}

/** The parameters for the network's channels: see `CheckpointOptions.adaptChannels`. */
export function adaptChannels(loaded: Parameters, parameters: readonly RgbParameter[]): Parameters {
  return Object.fromEntries(
    parameters.flatMap((each) => {
      const tensor = loaded[each.spec.name];
      return tensor?.dtype === "float32" ? [[each.spec.name, adapt(tensor, each)] as const] : [];
    }),
  );
}

function adapt({ data }: TensorOf<"float32">, { spec: { shape }, axis }: RgbParameter): TensorOf<"float32"> {
  const channels = shape[axis] ?? 0;
  const inner = elementCount(shape.slice(axis + 1));
  const adapted = new Float32Array(elementCount(shape));
  const outer = adapted.length / (channels * inner);
  for (let row = 0; row < outer; row += 1) {
    const planes = data.subarray(row * RGB * inner, (row + 1) * RGB * inner);
    const start = row * channels * inner;
    if (channels > 1) adapted.set(planes, start);
    else
      adapted.set(
        planes.subarray(0, inner).map((_, index) => sumAt(planes, index, inner)),
        start,
      );
  }
  return float32(shape, adapted);
}

/** Red, green and blue at one place of the window. */
function sumAt(planes: Float32Array, index: number, inner: number): number {
  return (planes[index] ?? 0) + (planes[index + inner] ?? 0) + (planes[index + 2 * inner] ?? 0);
}
