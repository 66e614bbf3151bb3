import type { OpName, Shape } from "@isoconv/core-spec";
import { every, ladder } from "../../families/size/ladder.js";
import { recipe, type SizeRecipe } from "../../families/size/recipe.js";

/** Kernels: every small one, then vectors and tiles. */
const kernels = [...every(9), 11, 13, 15, 16, 17, 31, 32, 33];
const dilations = [...every(9), 12, 15, 16, 17, 24];
const batch = ladder(256);
const channels = ladder(4096);
const extent = ladder(1024);

/** Steps of a window; convolutions and pools share them. */
const strides = [
  [1, 1],
  [2, 2],
  [1, 2],
  [2, 1],
  [3, 3],
  [4, 4],
  [2, 5],
  [8, 8],
] as const;

/** Where a window is padded; `pad` is how much. */
const padded = ["nowhere", "all around", "before", "after", "above", "beside"] as const;

type Pads = readonly [number, number, number, number];

function padsOf(where: (typeof padded)[number], [down, across]: readonly [number, number]): Pads {
  switch (where) {
    case "nowhere":
      return [0, 0, 0, 0];
    case "all around":
      return [down, across, down, across];
    case "before":
      return [down, across, 0, 0];
    case "after":
      return [0, 0, down, across];
    case "above":
      return [down, 0, 0, 0];
    case "beside":
      return [0, across, 0, across];
  }
}

/** Half the reach of a window: the padding that keeps the size. */
function half(kernel: number, dilation: number): number {
  return Math.floor(((kernel - 1) * dilation + 1) / 2);
}

interface WindowRow {
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly dilationDown: number;
  readonly dilationAcross: number;
}

/** Whether the window is no larger than the padded image. */
function fits(row: WindowRow, [top, left, bottom, right]: Pads): boolean {
  return (
    (row.kernelHeight - 1) * row.dilationDown < row.height + top + bottom &&
    (row.kernelWidth - 1) * row.dilationAcross < row.width + left + right
  );
}

const image = (channels: number, height: number, width: number): Shape => ["N", channels, height, width];

/** Large images of few channels: many elements with few terms each. */
const planes = [
  { height: 512, width: 513 },
  { height: 257, width: 255 },
] as const;

/** Images whose batch grows to millions of elements. */
const some = { height: 33, width: 32, batch: 3 } as const;

/** Convolutions of one element each, with large filters: with and without a remainder. */
const largeFilters = [
  [805, 803],
  [1025, 1551],
  [1024, 1568],
  [1025, 3137],
].map(([inPerGroup, outPerGroup]) => {
  const single = { groups: 1, height: 1, width: 1, kernelHeight: 1, kernelWidth: 1, batch: 1 };
  return { ...single, inPerGroup, outPerGroup, dilationDown: 1, dilationAcross: 1, strides: [1, 1] } as const;
});

export const windows = {
  conv2d: recipe(
    {
      roles: {
        batch,
        inPerGroup: channels,
        outPerGroup: channels,
        groups: channels,
        height: extent,
        width: extent,
        kernelHeight: kernels,
        kernelWidth: kernels,
        dilationDown: dilations,
        dilationAcross: dilations,
      },
      choices: { strides, padded, bias: [true, false] },
      sets: ["pads", "dilations", "groups"],
    },
    (row) => {
      const margin = [half(row.kernelHeight, row.dilationDown), half(row.kernelWidth, row.dilationAcross)] as const;
      const pads = padsOf(row.padded, margin);
      if (!fits(row, pads)) return undefined;
      return {
        shapes: {
          x: image(row.inPerGroup * row.groups, row.height, row.width),
          w: [row.outPerGroup * row.groups, row.inPerGroup, row.kernelHeight, row.kernelWidth],
          bias: row.bias ? [row.outPerGroup * row.groups] : undefined,
        },
        attrs: { groups: row.groups, dilations: [row.dilationDown, row.dilationAcross], pads },
      };
    },
    [
      // Depthwise, as in MobileNet and EfficientNet.
      ...[33, 129, 513, 1025, 3841].flatMap((groups) => [
        { groups, inPerGroup: 1, outPerGroup: 1, kernelHeight: 3, kernelWidth: 3 } as const,
        { groups, inPerGroup: 1, outPerGroup: 1, kernelHeight: 1, kernelWidth: 5, strides: [2, 2] } as const,
      ]),
      // Pointwise, from few channels to many and back.
      ...[65, 257, 1025, 4097].flatMap((wide) => [
        { inPerGroup: wide, groups: 1, kernelHeight: 1, kernelWidth: 1, strides: [1, 1] } as const,
        { outPerGroup: wide, groups: 1, kernelHeight: 1, kernelWidth: 1, strides: [2, 2] } as const,
      ]),
      // Many terms: up to the 23,040 of DenseNet's and EfficientNet's widest.
      ...[127, 257, 513, 1025, 2049, 4097].map(
        (wide) => ({ inPerGroup: wide, groups: 1, kernelHeight: 3, kernelWidth: 3 }) as const,
      ),
      ...planes.flatMap((plane) => [
        { ...plane, outPerGroup: 1, inPerGroup: 1, groups: 1, batch: 1 } as const,
        { ...plane, outPerGroup: 5, inPerGroup: 1, groups: 1, batch: 1, kernelHeight: 3, strides: [1, 1] } as const,
      ]),
      ...largeFilters.map((filters) => ({ ...filters, padded: "nowhere" }) as const),
    ],
    [{ ...some, inPerGroup: 1, outPerGroup: 3, groups: 1, kernelHeight: 1, kernelWidth: 2 }],
  ),
  convTranspose2d: recipe(
    {
      roles: {
        batch: ladder(64),
        inPerGroup: ladder(4096),
        outPerGroup: ladder(4096),
        groups: ladder(4096),
        height: ladder(512),
        width: ladder(512),
        kernelHeight: [...every(9), 12, 13, 16, 17],
        kernelWidth: [...every(9), 12, 13, 16, 17],
        dilationDown: every(4),
        dilationAcross: every(4),
      },
      choices: {
        strides: [...strides, [16, 16], [1, 8]],
        cropped: ["nowhere", "all around", "before", "after"],
        outputPads: [
          [0, 0],
          [1, 1],
          [0, 1],
        ],
        bias: [true, false],
      },
      sets: ["pads", "dilations", "groups"],
    },
    (row) => ({
      shapes: {
        x: image(row.inPerGroup * row.groups, row.height, row.width),
        w: [row.inPerGroup * row.groups, row.outPerGroup, row.kernelHeight, row.kernelWidth],
        bias: row.bias ? [row.outPerGroup * row.groups] : undefined,
      },
      attrs: {
        groups: row.groups,
        dilations: [row.dilationDown, row.dilationAcross],
        pads: padsOf(row.cropped, [Math.floor(row.kernelHeight / 2), Math.floor(row.kernelWidth / 2)]),
      },
    }),
    [
      { inPerGroup: 513, kernelHeight: 3, kernelWidth: 3, groups: 1 },
      { outPerGroup: 513, kernelHeight: 4, kernelWidth: 4, groups: 1, strides: [2, 2] },
      { height: 256, width: 257, inPerGroup: 1, groups: 1, outPerGroup: 3, strides: [2, 2] },
      { height: 257, width: 255, inPerGroup: 1, groups: 1, outPerGroup: 1, strides: [2, 1], batch: 1 },
      { height: 1, width: 16_385, inPerGroup: 1, groups: 1, outPerGroup: 1, batch: 1 },
      { inPerGroup: 1023, kernelHeight: 5, kernelWidth: 5, groups: 1, outPerGroup: 1 },
      { inPerGroup: 1023, kernelHeight: 5, kernelWidth: 5, groups: 1, outPerGroup: 2 },
      { height: 2, width: 16_385, inPerGroup: 1, groups: 1, outPerGroup: 1, batch: 1 },
      { height: 601, width: 3, inPerGroup: 3, groups: 1, outPerGroup: 2, batch: 1 },
      { height: 2, width: 25_089, inPerGroup: 1, groups: 1, outPerGroup: 1, batch: 1 },
      { inPerGroup: 9217, kernelHeight: 1, kernelWidth: 2, groups: 1, outPerGroup: 1, strides: [1, 1] },
      { inPerGroup: 9217, kernelHeight: 1, kernelWidth: 1, groups: 1, outPerGroup: 2, strides: [1, 1] },
      ...largeFilters.map((filters) => ({ ...filters, cropped: "nowhere", outputPads: [0, 0] }) as const),
    ],
    [{ ...some, inPerGroup: 1, outPerGroup: 3, groups: 1, kernelHeight: 1, kernelWidth: 2 }],
  ),
  maxPool2d: pool(kernels, dilations),
  // The last pool of a classic network averages a whole map.
  avgPool2d: pool([...kernels, 56, 63, 64, 65, 112], [1]),
} satisfies Partial<Record<OpName, SizeRecipe>>;

function pool(kernel: readonly number[], dilation: readonly number[]): SizeRecipe {
  const plain = { batch: 1, dilationDown: 1, dilationAcross: 1 };
  return recipe(
    {
      roles: {
        batch,
        channels,
        height: extent,
        width: extent,
        kernelHeight: kernel,
        kernelWidth: kernel,
        dilationDown: dilation,
        dilationAcross: dilation,
      },
      choices: { strides, padded },
      sets: ["pads", "kernel", "dilations"],
    },
    (row) => {
      // Half a window at most, so that every window has an element.
      const pads = padsOf(row.padded, [Math.floor(row.kernelHeight / 2), Math.floor(row.kernelWidth / 2)]);
      if (!fits(row, pads)) return undefined;
      return {
        shapes: { x: image(row.channels, row.height, row.width) },
        attrs: {
          kernel: [row.kernelHeight, row.kernelWidth],
          pads,
          ...(dilation.length > 1 ? { dilations: [row.dilationDown, row.dilationAcross] } : {}),
        },
      };
    },
    [
      ...planes.map((plane) => ({ ...plane, ...plain, channels: 1, kernelHeight: 2, kernelWidth: 2 })),
      { ...plain, height: 112, width: 113, channels: 17, kernelHeight: 3, kernelWidth: 3, strides: [2, 2] },
      { ...plain, height: 127, width: 129, channels: 9, kernelHeight: 3, kernelWidth: 3, strides: [1, 1] },
      { ...plain, kernelHeight: 33, kernelWidth: 33 },
    ],
    [{ ...plain, ...some, channels: 3, kernelHeight: 1, kernelWidth: 2 }],
  );
}
