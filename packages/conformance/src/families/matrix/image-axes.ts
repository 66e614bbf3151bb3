import { axes, batch, image, sizes } from "./axes.js";

const images = axes({ batch, channels: [3, 1], size: sizes }, (row) => ({
  x: image(row.batch, row.channels, row.size),
}));

/** What `ceil` comes to when pads are explicit: the last window hangs over the bottom and the right. */
const overhang = [
  [0, 0, 1, 1],
  [1, 1, 2, 2],
] as const;

const pools = axes(
  {
    batch,
    channels: [3, 1],
    size: sizes,
    pads: overhang,
    kernel: [
      [2, 2],
      [3, 3],
    ],
  },
  (row) => ({
    x: image(row.batch, row.channels, row.size),
  }),
);

/** Operations on images: convolutions, pools, and what works plane by plane. */
export const imageAxes = {
  conv2d: axes(
    {
      batch,
      size: sizes,
      kernel: [
        [3, 3],
        [1, 1],
        [2, 3],
        [5, 2],
      ],
      inPerGroup: [1, 3],
      outPerGroup: [2, 1],
      groups: [4],
      bias: [true, false],
    },
    ({ batch, size, kernel, inPerGroup, outPerGroup, groups, bias }) => ({
      x: image(batch, inPerGroup * groups, size),
      w: [outPerGroup * groups, inPerGroup, kernel[0], kernel[1]],
      bias: bias ? [outPerGroup * groups] : undefined,
    }),
  ),
  convTranspose2d: axes(
    {
      batch,
      size: [
        [4, 5],
        [3, 2],
      ],
      kernel: [
        [3, 3],
        [1, 1],
        [2, 3],
      ],
      inPerGroup: [1, 3],
      outPerGroup: [2, 1],
      bias: [true, false],
      groups: [1, 2],
    },
    ({ batch, size, kernel, inPerGroup, outPerGroup, groups, bias }) => ({
      x: image(batch, inPerGroup * groups, size),
      w: [inPerGroup * groups, outPerGroup, kernel[0], kernel[1]],
      bias: bias ? [outPerGroup * groups] : undefined,
    }),
  ),
  maxPool2d: pools,
  avgPool2d: pools,
  globalAvgPool2d: images,
  adaptiveAvgPool2d: axes(
    {
      batch,
      channels: [3, 1],
      size: [
        [11, 9],
        [8, 7],
        [2, 1],
      ],
      outputSize: [
        [3, 4],
        [5, 5],
        [7, 2],
      ],
    },
    (row) => ({ x: image(row.batch, row.channels, row.size) }),
  ),
  batchNorm: axes(
    { batch, channels: [3, 1], size: sizes, scale: [true, false], offset: [true, false] },
    ({ batch, channels, size, scale, offset }) => ({
      x: image(batch, channels, size),
      mean: [channels],
      variance: [channels],
      scale: scale ? [channels] : undefined,
      offset: offset ? [channels] : undefined,
    }),
  ),
  lrn: axes({ batch, channels: [8, 3, 1], plane: [[4, 3]], size: [3, 4, 5] }, (row) => ({
    x: image(row.batch, row.channels, row.plane),
  })),
  pad2d: axes({ batch, channels: [3, 1], size: [[4, 5]], value: [-1.5], pads: [[3, 0, 0, 4]] }, (row) => ({
    x: image(row.batch, row.channels, row.size),
  })),
  upsample: axes(
    {
      batch,
      channels: [3, 1],
      size: [
        [4, 5],
        [1, 3],
      ],
      scales: [
        [3, 3],
        [4, 1],
      ],
    },
    (row) => ({
      x: image(row.batch, row.channels, row.size),
    }),
  ),
};
