import type { Attrs } from "@isoconv/core-spec";
import type { OracleArray } from "../oracle-array.js";

type Window = Pick<Attrs<"conv2d">, "strides" | "pads" | "dilations" | "groups">;

/**
 * A convolution by another method, to compare conv2d with: pad explicitly, make every window a column, multiply
 * matrices. It shares no code with conv2d, and finds the output size by trying where the kernel still fits.
 */
export function convolveByMatrix(
  x: OracleArray,
  w: OracleArray,
  { strides, pads, dilations, groups }: Window,
): OracleArray {
  const [batch, channels] = x.shape;
  const [outChannels, channelsPerGroup, kernelHeight, kernelWidth] = w.shape;
  const padded = padWithZeros(x, pads);
  const rows = positions(padded.shape[2], kernelHeight, strides[0], dilations[0]);
  const columns = positions(padded.shape[3], kernelWidth, strides[1], dilations[1]);
  const result: number[] = [];
  for (let n = 0; n < batch; n += 1) {
    for (let group = 0; group < groups; group += 1) {
      const patches = rows.flatMap((row) =>
        columns.map((column) => {
          const patch: number[] = [];
          for (let c = 0; c < channelsPerGroup; c += 1) {
            const plane = n * channels + group * channelsPerGroup + c;
            for (let u = 0; u < kernelHeight; u += 1) {
              for (let v = 0; v < kernelWidth; v += 1) {
                const line = plane * padded.shape[2] + row + u * dilations[0];
                patch.push(padded.value[line * padded.shape[3] + column + v * dilations[1]]);
              }
            }
          }
          return patch;
        }),
      );
      result.push(...multiply(filtersOf(w, group, outChannels / groups), patches).flat());
    }
  }
  return { shape: [batch, outChannels, rows.length, columns.length], value: Float64Array.from(result) };
}

function padWithZeros({ shape, value }: OracleArray, [top, left, bottom, right]: Window["pads"]): OracleArray {
  const [batch, channels, height, width] = shape;
  const paddedShape = [batch, channels, height + top + bottom, width + left + right];
  const result: number[] = [];
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let i = -top; i < height + bottom; i += 1) {
      for (let j = -left; j < width + right; j += 1) {
        const inside = 0 <= i && i < height && 0 <= j && j < width;
        result.push(inside ? value[(plane * height + i) * width + j] : 0);
      }
    }
  }
  return { shape: paddedShape, value: Float64Array.from(result) };
}

function positions(extent: number, kernel: number, stride: number, dilation: number): readonly number[] {
  const found: number[] = [];
  for (let start = 0; start + (kernel - 1) * dilation < extent; start += stride) found.push(start);
  return found;
}

function filtersOf({ shape, value }: OracleArray, group: number, perGroup: number): readonly (readonly number[])[] {
  const size = shape[1] * shape[2] * shape[3];
  return Array.from({ length: perGroup }, (_, k) => {
    const start = (group * perGroup + k) * size;
    return [...value.subarray(start, start + size)];
  });
}

/** `A · Bᵀ`, both as lists of rows. */
function multiply(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return a.map((row) => b.map((other) => row.reduce((sum, element, k) => sum + element * other[k], 0)));
}
