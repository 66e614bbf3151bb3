import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Tfjs } from "../library/tfjs.js";

export type TfjsWebgl = typeof import("@tensorflow/tfjs-backend-webgl");

type Run = MathBackendWebGL["runWebGLProgram"];
type Program = Parameters<Run>[0];

const selected = (["x", "y", "z", "w"] as const).map((i) => `a.${i} < 0. ? b.${i} * a.${i} : a.${i}`);

/** Parts of TensorFlow.js's shaders, and what they should be. */
const CORRECTIONS: readonly (readonly [wrong: string, right: string])[] = [
  // The packed depthwise convolution starts its sum here and subtracts it at the end, so small sums lose digits.
  ["0.000000000000001", "0.0"],
  // The maximum of a window starts at −1e20.
  ["1.0 / 1e-20", "3.4028234663852886e38"],
  // The packed `LeakyRelu` adds both cases, one of them times 0: NaN where a slope above 1 makes the other infinite.
  // The packed `Relu` and `Relu6` multiply what is below 0 by 0: NaN where it is −∞, the sum of a convolution that overflows.
  ["vec4 result = x * vec4(greaterThanEqual(x, vec4(0.0)));", "vec4 result = max(x, vec4(0.0));"],
  [
    "vec4 result = min(x, vec4(6.)) * vec4(greaterThanEqual(x, vec4(0.0)));",
    "vec4 result = clamp(x, vec4(0.0), vec4(6.0));",
  ],
  ["return (aLessThanZero * (b * a)) + ((vec4(1.0) - aLessThanZero) * a);", `return vec4(${selected.join(", ")});`],
];

/** The same backend for kernels, with its programs corrected. */
export function correctPrograms(
  tf: Tfjs,
  { webgl_util: textures }: TfjsWebgl,
  backend: MathBackendWebGL,
): MathBackendWebGL {
  /** The extents of the texture from which a program will read an input; it may be converted before. */
  const textureShapeOf = ({ dataId, shape }: TensorInfo, packed: boolean): number[] => {
    const { texture, texShape, isPacked, shape: registered } = backend.texData.get(dataId);
    const isUploaded = texture !== undefined && texture !== null;
    const isKept = isUploaded
      ? (isPacked === true) === packed && (!packed || textures.isReshapeFree(registered, shape))
      : !packed;
    if (!isKept) return textures.getTextureShapeFromLogicalShape(shape, packed);
    return texShape ?? textures.getTextureShapeFromLogicalShape(registered, packed);
  };
  /** What a shader depends on that is not in the key under which TensorFlow.js keeps compiled programs. */
  const describe = (shape: number[], textureShape: number[], packed: boolean): string => {
    const { newShape, keptDims } = tf.util.squeezeShape(shape);
    const texels = packed ? textureShape.map((extent) => Math.ceil(extent / 2)) : textureShape;
    const isMatrix = tf.util.arraysEqual(newShape, textureShape);
    return [keptDims.join(), isMatrix, ...texels.map((extent) => extent === 1)].join(" ");
  };
  const correct = (program: Program, inputs: readonly TensorInfo[]): void => {
    for (const [wrong, right] of CORRECTIONS) program.userCode = program.userCode.replaceAll(wrong, right);
    if (program.enableShapeUniforms !== true) return;
    // Otherwise an image that is viewed as a matrix would be read by the program for a matrix, if that was compiled
    // first. The code is part of the key.
    const { outputShape, packedInputs = false, packedOutput = false } = program;
    const textureShape = textures.getTextureShapeFromLogicalShape(outputShape, packedOutput);
    const descriptions = [
      ...inputs.map((input) => describe(input.shape, textureShapeOf(input, packedInputs), packedInputs)),
      describe(outputShape, textureShape, packedOutput),
    ];
    program.userCode += `\n// ${descriptions.join("; ")}`;
  };
  const run: Run = (program, inputs, ...rest) => {
    correct(program, inputs);
    return backend.runWebGLProgram.call(corrected, program, inputs, ...rest);
  };
  // A proxy, because other code of the page uses the backend as well.
  const corrected = new Proxy(backend, {
    get: (target, key, receiver): unknown => (key === "runWebGLProgram" ? run : Reflect.get(target, key, receiver)),
  });
  return corrected;
}
