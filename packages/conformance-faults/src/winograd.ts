import { activate, conv2d, type HostKernel, zeros } from "@isoconv/conformance/faults";

/** A matrix of float32 numbers, by rows. */
type Matrix = readonly (readonly number[])[];

/** Transforms of F(m×m, 3×3): `Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`. Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (2015), §4. */
interface Transforms {
  /** Rows and columns of a tile of the result. */
  readonly tile: number;
  readonly input: Matrix;
  readonly filter: Matrix;
  readonly output: Matrix;
}

/** Taps of a filter along one axis. */
const TAPS = 3;

/**
 * The transforms that evaluate polynomials at the points `p` and at ∞ (Toom and Cook; Blahut, Fast Algorithms for Signal
 * Processing, §5.2). Row j of Bᵀ has the coefficients of `Π_{l≠j} (x − p_l)`, row j of G the powers of `p_j` divided by
 * `Π_{l≠j} (p_j − p_l)`, and column j of Aᵀ the powers of `p_j`.
 */
function transformsAt(points: readonly number[]): Transforms {
  const tile = points.length + 2 - TAPS;
  const others = (j: number): readonly number[] => points.filter((_, l) => l !== j);
  const powers = (p: number, count: number): readonly number[] => Array.from({ length: count }, (_, k) => p ** k);
  const unit = (at: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, k) => (k === at ? 1 : 0));
  return {
    tile,
    input: [...points.map((_, j) => [...withRoots(others(j)), 0]), withRoots(points)],
    filter: [
      ...points.map((p, j) => {
        const divisor = others(j).reduce((product, other) => product * (p - other), 1);
        return powers(p, TAPS).map((power) => power / divisor);
      }),
      unit(TAPS - 1, TAPS),
    ],
    output: Array.from({ length: tile }, (_, i) => [...points.map((p) => p ** i), i === tile - 1 ? 1 : 0]),
  };
}

/** Coefficients of `Π (x − root)`, the constant first. */
function withRoots(roots: readonly number[]): readonly number[] {
  return roots.reduce<readonly number[]>(
    (coefficients, root) => [0, ...coefficients].map((shifted, k) => shifted - root * (coefficients[k] ?? 0)),
    [1],
  );
}

export const f2x2 = transformsAt([0, 1, -1]);
export const f4x4 = transformsAt([0, 1, -1, 2, -2]);
export const f6x6 = transformsAt([0, 1, -1, 2, -2, 1 / 2, -1 / 2]);

/** `m · tile · mᵀ` in float32. */
function transform(m: Matrix, tile: Matrix): Matrix {
  const left = m.map((row) => tile[0].map((_, column) => dot(row, (k) => tile[k][column])));
  return left.map((row) => m.map((other) => dot(other, (k) => row[k])));
}

/** Zeros of a transform are skipped, as in real kernels, so that they are not multiplied by NaN or ∞. */
function dot(row: readonly number[], valueAt: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < row.length; k += 1) {
    if (row[k] !== 0) sum = Math.fround(sum + Math.fround(Math.fround(row[k]) * valueAt(k)));
  }
  return sum;
}

/** conv2d by Winograd's algorithm where it applies: 3×3 kernels without strides and dilations. */
export function winogradConv2d({ tile, input, filter, output }: Transforms): HostKernel<"conv2d"> {
  const span = tile + TAPS - 1;
  return (inputs, attrs, site) => {
    const { x, w, bias } = inputs;
    const [outChannels, perGroup, kernelHeight, kernelWidth] = w.shape;
    const applies =
      kernelHeight === 3 && kernelWidth === 3 && [...attrs.strides, ...attrs.dilations].every((s) => s === 1);
    if (!applies) return conv2d(inputs, attrs, site);
    const y = zeros(site.shape);
    const [batch, , outHeight, outWidth] = site.shape;
    const [, channels, height, width] = x.shape;
    const filters = Array.from({ length: outChannels * perGroup }, (_, k) =>
      transform(
        filter,
        square(TAPS, (u, v) => w.data[k * 9 + u * 3 + v]),
      ),
    );
    const tileOf = (plane: number, top: number, left: number): Matrix =>
      square(span, (u, v) => {
        const [row, column] = [top + u, left + v];
        const inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? x.data[(plane * height + row) * width + column] : 0;
      });
    for (let n = 0; n < batch; n += 1) {
      for (let top = 0; top < outHeight; top += tile) {
        for (let left = 0; left < outWidth; left += tile) {
          const tiles = Array.from({ length: channels }, (_, c) =>
            transform(input, tileOf(n * channels + c, top - attrs.pads[0], left - attrs.pads[1])),
          );
          for (let o = 0; o < outChannels; o += 1) {
            const first = Math.floor(o / (outChannels / attrs.groups)) * perGroup;
            const sums = square(span, (u, v) => {
              let sum = 0;
              for (let c = 0; c < perGroup; c += 1) {
                sum = Math.fround(sum + Math.fround(tiles[first + c][u][v] * filters[o * perGroup + c][u][v]));
              }
              return sum;
            });
            const result = transform(output, sums);
            for (let i = 0; i < Math.min(tile, outHeight - top); i += 1) {
              for (let j = 0; j < Math.min(tile, outWidth - left); j += 1) {
                const at = ((n * outChannels + o) * outHeight + top + i) * outWidth + left + j;
                y.data[at] = result[i][j] + (bias?.data[o] ?? 0);
              }
            }
          }
        }
      }
    }
    activate(y, attrs.activation);
    return y;
  };
}

function square(extent: number, valueAt: (row: number, column: number) => number): Matrix {
  return Array.from({ length: extent }, (_, row) =>
    Array.from({ length: extent }, (_, column) => valueAt(row, column)),
  );
}
