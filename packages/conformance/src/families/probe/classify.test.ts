import { describe, expect, it } from "vitest";
import { classify, inputRounding, INPUTS, subnormalsFrom, traitsFrom, type Measured } from "./classify.js";

const f32: Measured = {
  inputs: INPUTS,
  range: 2 ** 17,
  ones: 4096,
  cancellation: 2 ** -9,
};
const above = 1 + 2 ** -10;
const half = [above, 1, 1, above] as const;
const truncated = [above, 1, 1, 1] as const;

describe("classify", () => {
  it.each<[string, Partial<Measured>, ReturnType<typeof classify>]>([
    ["what float32 gives", {}, "f32"],
    ["inputs of 11 bits", { inputs: half }, "tf32"],
    ["inputs truncated to 11 bits", { inputs: truncated }, "tf32"],
    ["inputs rounded away from one", { inputs: [above, above, above, above] }, "tf32"],
    ["inputs of 11 bits, 2¹⁷ infinite", { inputs: half, range: Infinity }, "f16-storage"],
    ["inputs of 11 bits, 2¹⁷ saturated", { inputs: half, range: 65504 }, "f16-storage"],
    ["4096 ones short", { inputs: half, range: Infinity, ones: 2048 }, "f16"],
    ["products rounded", { inputs: half, range: Infinity, cancellation: 0 }, "f16"],
    ["inputs of 8 bits", { inputs: [1, 1, 1, 1] }, undefined],
    ["inputs between 11 and 24 bits", { inputs: [above, INPUTS[1], 1, INPUTS[3]] }, undefined],
    ["NaN", { inputs: [Number.NaN, Number.NaN, Number.NaN, Number.NaN] }, undefined],
    ["float32 inputs, a short accumulator", { ones: 2048 }, undefined],
    ["float32 inputs, a short range", { range: Infinity }, undefined],
  ])("of %s", (_name, change, expected) => {
    expect(classify({ ...f32, ...change })).toBe(expected);
  });

  it("tells truncation from rounding", () => {
    expect(inputRounding(half)).toBe("rounded");
    expect(inputRounding(truncated)).toBe("truncated");
  });

  it("classifies any other range as other", () => {
    expect(traitsFrom({ ...f32, range: 0 }).range).toBe("other");
  });
});

describe("subnormalsFrom", () => {
  it("is flushed if any result is flushed, and neither if a result is wrong", () => {
    expect(subnormalsFrom([3, 3], 3)).toBe("kept");
    expect(subnormalsFrom([3, 0], 3)).toBe("flushed");
    expect(subnormalsFrom([0, 2], 3)).toBe("neither");
    expect(subnormalsFrom([0, Number.NaN], 3)).toBe("neither");
  });
});
