/**
 * The five Inception blocks of Inception v3, figures 5 to 7 and 10 of the paper, with torchvision's names. All branches
 * of a block take its input and are concatenated; `conv` is given a convolution's name and its number of output
 * channels.
 */
import { known } from "@isoconv/core-spec";
import { avgPool2d, maxPool2d, type Module } from "@isoconv/nn";
import { basicConv } from "./basic-conv.js";

/** Keeps the image's size at stride 1; at stride 2 it has no padding. */
function conv(
  name: string,
  outChannels: number,
  kernelSize: number | readonly [number, number] = 1,
  stride = 1,
): Module {
  const [height, width] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
  const padding = stride === 1 ? ([(height - 1) / 2, (width - 1) / 2] as const) : 0;
  return (scope, x) => {
    const inChannels = known(x.shape[1] ?? "N", { node: scope.path, path: "inputs.x" }, "the channel axis");
    return scope.call(name, basicConv(inChannels, outChannels, { kernelSize: [height, width], stride, padding }), x);
  };
}

/** In sequence, as children of the block itself. */
function path(...modules: readonly Module[]): Module {
  return (scope, x) => modules.reduce((value, module) => module(scope, value), x);
}

/** In parallel, as children of the block itself. */
function branches(...modules: readonly Module[]): Module {
  return (scope, x) => {
    const xs = modules.map((module) => module(scope, x));
    return scope.graph.concat({ xs }, { axis: 1 }, scope.nodeName("cat"));
  };
}

const average: Module = (scope, x) => scope.call("avg_pool2d", avgPool2d({ kernelSize: 3, stride: 1, padding: 1 }), x);

const halve: Module = (scope, x) => scope.call("max_pool2d", maxPool2d({ kernelSize: 3, stride: 2 }), x);

/** 1×1, 5×5, two 3×3, pool: 35×35 images. */
export function blockA(poolChannels: number): Module {
  return branches(
    conv("branch1x1", 64),
    path(conv("branch5x5_1", 48), conv("branch5x5_2", 64, 5)),
    path(conv("branch3x3dbl_1", 64), conv("branch3x3dbl_2", 96, 3), conv("branch3x3dbl_3", 96, 3)),
    path(average, conv("branch_pool", poolChannels)),
  );
}

/** Halves the image, 35×35 to 17×17. */
export const blockB: Module = branches(
  conv("branch3x3", 384, 3, 2),
  path(conv("branch3x3dbl_1", 64), conv("branch3x3dbl_2", 96, 3), conv("branch3x3dbl_3", 96, 3, 2)),
  halve,
);

const ROW = [1, 7] as const;
const COLUMN = [7, 1] as const;

/** 1×1, a 7×7 as 1×7 and 7×1, two of those, pool: 17×17 images. */
export function blockC(width: number): Module {
  return branches(
    conv("branch1x1", 192),
    path(conv("branch7x7_1", width), conv("branch7x7_2", width, ROW), conv("branch7x7_3", 192, COLUMN)),
    path(
      conv("branch7x7dbl_1", width),
      conv("branch7x7dbl_2", width, COLUMN),
      conv("branch7x7dbl_3", width, ROW),
      conv("branch7x7dbl_4", width, COLUMN),
      conv("branch7x7dbl_5", 192, ROW),
    ),
    path(average, conv("branch_pool", 192)),
  );
}

/** Halves the image, 17×17 to 8×8. */
export const blockD: Module = branches(
  path(conv("branch3x3_1", 192), conv("branch3x3_2", 320, 3, 2)),
  path(
    conv("branch7x7x3_1", 192),
    conv("branch7x7x3_2", 192, ROW),
    conv("branch7x7x3_3", 192, COLUMN),
    conv("branch7x7x3_4", 192, 3, 2),
  ),
  halve,
);

/** The widest block: a 3×3 as parallel 1×3 and 3×1, for 8×8 images. */
export const blockE: Module = branches(
  conv("branch1x1", 320),
  path(conv("branch3x3_1", 384), branches(conv("branch3x3_2a", 384, [1, 3]), conv("branch3x3_2b", 384, [3, 1]))),
  path(
    conv("branch3x3dbl_1", 448),
    conv("branch3x3dbl_2", 384, 3),
    branches(conv("branch3x3dbl_3a", 384, [1, 3]), conv("branch3x3dbl_3b", 384, [3, 1])),
  ),
  path(average, conv("branch_pool", 192)),
);
