import type { Shape, Value } from "@isoconv/core-spec";
import { drawFor } from "../draw.js";
import {
  conv,
  image,
  linear,
  motif,
  op,
  plus,
  relu,
  reshape,
  slice,
  times,
  transpose,
  type Motif,
  type Stage,
} from "./motif.js";

/** Different extents, so that axes in another order have another shape or other elements. */
const byRank: Readonly<Record<number, Shape>> = {
  3: [2, 3, 4],
  4: [2, 3, 4, 5],
  5: [2, 3, 1, 4, 3],
  6: [2, 1, 3, 2, 3, 2],
};

/** A permutation that is not its own inverse, so that its inverse and another order of composition differ. */
const turn = (rank: number, by: number): readonly number[] =>
  Array.from({ length: rank }, (_, axis) => (axis + by) % rank);
/** Drawn once for all plans: motifs are named by what they are. */
const mixed = (rank: number, name: string): readonly number[] => drawFor(1, name).shuffle(turn(rank, 0));

const transpositions = Object.entries(byRank).flatMap(([text, shape]): readonly Motif[] => {
  const rank = Number(text);
  const turned = transpose(...turn(rank, 1));
  const swapped = transpose(...turn(rank, 0).with(0, 1).with(1, 0));
  return [
    motif(`transpose-twice-of-rank-${rank}`, shape, turned, turned),
    motif(`transpose-and-back-of-rank-${rank}`, shape, turned, transpose(...turn(rank, rank - 1))),
    motif(`transpose-turn-swap-of-rank-${rank}`, shape, turned, swapped),
    motif(`transpose-swap-turn-of-rank-${rank}`, shape, swapped, turned),
    motif(
      `transpose-mixed-of-rank-${rank}`,
      shape,
      ...["a", "b", "c"].map((name) => transpose(...mixed(rank, `${rank}${name}`))),
    ),
  ];
});

/** `[x, moved]` joined along an axis. */
const withMoved =
  (move: Stage, axis: number): Stage =>
  (x, site) =>
    site.g.concat({ xs: [x, move(x, site)] }, { axis });

/** `[x, c, x]` along an axis. */
const joined =
  (axis: number): Stage =>
  (x, { g, weight }) => {
    const c: Value = weight("c", [2, ...x.shape.slice(1).map(Number)]);
    return g.concat({ xs: [x, c, x] }, { axis });
  };

const shuffleChannels = [reshape(-1, 2, 2, 5, 4), transpose(0, 2, 1, 3, 4), reshape(-1, 4, 5, 4)] as const;

/** Equal extents: an order of axes that is wrong shows in the elements alone. */
const cube: Shape = [3, 3, 3, 3];

/** Data movement, which runtimes cancel, merge and push through other nodes. */
export const movementMotifs: readonly Motif[] = [
  ...transpositions,
  motif("transpose-turn-swap-of-a-cube", cube, transpose(1, 2, 3, 0), transpose(1, 0, 2, 3)),
  motif("transpose-add-turn-of-a-cube", cube, transpose(1, 2, 3, 0), plus(3), transpose(1, 2, 3, 0)),
  motif("channel-shuffle", image, ...shuffleChannels),
  motif("channel-shuffle-conv", image, ...shuffleChannels, conv({ groups: 2 })),
  motif("transpose-reshape", image, transpose(0, 2, 3, 1), reshape(-1, 20, 4)),
  motif("reshape-transpose", image, reshape(-1, 5, 16), transpose(0, 2, 1)),
  motif("transpose-reshape-transpose", image, transpose(0, 3, 1, 2), reshape(-1, 2, 8, 5), transpose(0, 2, 1, 3)),
  motif("reshape-reshape", image, reshape(-1, 8, 10), reshape(-1, 10, 2, 4)),
  motif("reshape-and-back", image, reshape(-1, 80), reshape(-1, 4, 5, 4)),
  motif("flatten-reshape", image, op("flatten", { axis: 2 }), reshape(-1, 5, 4, 4)),
  motif("reshape-flatten", image, reshape(-1, 8, 10), op("flatten")),
  motif("transpose-flatten-linear", image, transpose(0, 2, 3, 1), op("flatten"), linear(3)),
  motif("transpose-linear", image, transpose(0, 1, 3, 2), linear(3)),
  motif("linear-transpose", image, linear(3), transpose(0, 3, 2, 1)),
  motif("transpose-conv-transpose", image, transpose(0, 3, 1, 2), conv(), transpose(0, 2, 3, 1)),
  motif("transpose-add-columns", image, transpose(0, 2, 3, 1), plus(4)),
  motif("add-channels-transpose", image, plus(4, 1, 1), transpose(0, 2, 3, 1)),
  motif("transpose-relu-back", image, transpose(0, 2, 3, 1), relu, transpose(0, 3, 1, 2)),
  motif("transpose-softmax", image, transpose(0, 3, 1, 2), op("softmax", { axis: 1 })),
  motif("transpose-mean", image, transpose(0, 3, 1, 2), op("mean", { axes: [1] })),
  motif("transpose-slice", image, transpose(0, 3, 1, 2), slice([1, 2], [1, 1], [3, 4])),
  motif("slice-transpose", image, slice([1, 2], [1, 0], [3, 4]), transpose(0, 3, 1, 2)),
  motif("reshape-add", image, reshape(-1, 5, 16), plus(5, 1)),
  motif("add-reshape", image, plus(4), reshape(-1, 5, 16)),
  motif("reshape-softmax", image, reshape(-1, 16, 5), op("softmax", { axis: 1 })),
  motif("slice-slice", image, slice([2, 3], [1, 1], [5, 4]), slice([2, 3], [1, 0], [3, 2])),
  motif("slice-slice-other-axis", image, slice([1], [1], [4]), slice([3], [1], [3])),
  motif("slice-conv", image, slice([2, 3], [1, 0], [5, 3]), conv()),
  motif("conv-slice-channels", image, conv({ out: 5 }), slice([1], [1], [4])),
  motif("conv-slice-rows", image, conv(), slice([2], [1], [4])),
  motif("slice-channels-grouped-conv", image, conv({ out: 6 }), slice([1], [2], [6]), conv({ groups: 2 })),
  motif("slice-add", image, slice([3], [0], [3]), plus(3)),
  motif("concat-slice", [2, 3, 4], joined(1), slice([1], [2], [8])),
  motif("concat-slice-of-one", [2, 3, 4], joined(1), slice([1], [3], [6])),
  motif("concat-concat", [2, 3, 4], joined(2), joined(2)),
  motif("concat-concat-other-axis", [2, 3, 4], joined(2), joined(1)),
  motif("concat-relu", [2, 3, 4], joined(0), relu),
  motif("relu-concat", [2, 3, 4], relu, joined(0)),
  motif("concat-transpose", [2, 3, 4], joined(1), transpose(2, 0, 1)),
  motif("concat-conv", [2, 2, 4, 3], joined(1), conv({ out: 2 })),
  motif("concat-grouped-conv", [2, 2, 4, 3], joined(1), conv({ groups: 3, out: 6 })),
  motif("concat-mul", [2, 2, 4], joined(1), times(6, 1)),
  motif("concat-with-transposed", [2, 3, 3], withMoved(transpose(0, 2, 1), 1), linear(2)),
  motif("concat-with-sliced-and-padded", image, withMoved(slice([1], [1], [3]), 1), conv({ kernel: [1, 1] })),
];
