import { float, int, ints } from "../model/attributes.js";
import { lastWithActivation, stepWithActivation } from "./activation.js";
import { reshapeTarget, type OnnxTable } from "./lowering-site.js";

/** Convolutions and linear layers. */
export const convolution = {
  conv2d: ({ x, w, bias }, { strides, pads, dilations, groups, activation }, site) =>
    lastWithActivation(
      site,
      {
        opType: "Conv",
        inputs: [x.name, w.name, bias?.name],
        attributes: {
          kernel_shape: ints(kernelOf(w.shape)),
          strides: ints(strides),
          pads: ints(pads),
          dilations: ints(dilations),
          group: int(groups),
        },
      },
      activation,
    ),

  convTranspose2d: ({ x, w, bias }, { strides, pads, outputPads, dilations, groups }, site) => {
    const height = fitOutputPad(outputPads[0], pads[2], strides[0]);
    const width = fitOutputPad(outputPads[1], pads[3], strides[1]);
    const grown = [0, 0, 0, 0, 0, 0, height.grow, width.grow];
    const input =
      height.grow + width.grow === 0 ? x.name : site.step("Pad", [x.name, site.int64(grown), site.scalar(0)]);
    return site.last("ConvTranspose", [input, w.name, bias?.name], {
      kernel_shape: ints(kernelOf(w.shape)),
      strides: ints(strides),
      pads: ints([pads[0], pads[1], height.crop, width.crop]),
      output_padding: ints([height.extend, width.extend]),
      dilations: ints(dilations),
      group: int(groups),
    });
  },

  linear: ({ x, w, bias }, { activation }, site) => {
    const gemm = {
      opType: "Gemm",
      inputs: [x.name, w.name, bias?.name],
      attributes: { alpha: float(1), beta: float(1), transA: int(0), transB: int(1) },
    };
    if (x.shape.length === 2) return lastWithActivation(site, gemm, activation);
    // MatMul would support any rank, but neither the transposed weight nor the bias.
    const rows = site.step("Reshape", [x.name, site.int64([-1, Number(w.shape[1])])]);
    const y = stepWithActivation(site, { ...gemm, inputs: [rows, w.name, bias?.name] }, activation);
    return site.last("Reshape", [y, site.int64(reshapeTarget(site.shape))]);
  },
} satisfies Partial<OnnxTable>;

interface OutputEnd {
  /** Zeros appended to the input. */
  readonly grow: number;
  /** Rows cropped from the output. */
  readonly crop: number;
  /** Rows appended to the output. */
  readonly extend: number;
}

/**
 * ONNX Runtime refuses output padding as large as the stride, which a larger dilation allows. Each zero appended to the
 * input extends the output by one stride; the excess is cropped.
 */
function fitOutputPad(outputPad: number, cropped: number, stride: number): OutputEnd {
  if (outputPad < stride) return { grow: 0, crop: cropped, extend: outputPad };
  const grow = Math.max(0, Math.ceil((outputPad - cropped) / stride));
  return { grow, crop: cropped + grow * stride - outputPad, extend: 0 };
}

function kernelOf(shape: readonly (number | "N")[]): readonly number[] {
  return shape.slice(2).map(Number);
}
