import { elementCount } from "@isoconv/core-spec";
import type { OracleOp } from "../oracle-array.js";

/** For every index before the axis: that index's elements of `xs[0]`, of `xs[1]`, …. */
export const concat: OracleOp<"concat"> = ({ xs }, { axis }, { shape }) => {
  const value = new Float64Array(elementCount(shape));
  const repeats = elementCount(shape.slice(0, axis));
  let at = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const x of xs) {
      const block = x.value.length / repeats;
      value.set(x.value.subarray(repeat * block, (repeat + 1) * block), at);
      at += block;
    }
  }
  return { shape, value };
};
