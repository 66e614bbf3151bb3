import type { Dim } from "@isoconv/core-spec";
import type { LoweringSite, Operand } from "./lowering-site.js";

/**
 * A result without elements, for any operation, because runtimes disagree on operators with empty inputs. It takes its
 * batch extent from any value that has one.
 */
export function lowerEmpty(site: LoweringSite, batchSource: string | undefined): Operand {
  const [batch, ...rest] = site.shape;
  if (batch !== "N" || batchSource === undefined)
    return site.last("ConstantOfShape", [site.int64(site.shape.map(known))]);
  const extent = site.step("Slice", [site.step("Shape", [batchSource]), site.int64([0]), site.int64([1])]);
  const extents = site.step("Concat", [extent, site.int64(rest.map(known))], { axis: { int: 0 } });
  return site.last("ConstantOfShape", [extents]);
}

function known(extent: Dim): number {
  return extent === "N" ? 0 : extent;
}
