import { describe, expect, it } from "vitest";
import { fillGlob, matchGlob } from "./name-glob.js";

describe("matchGlob", () => {
  it.each([
    ["fc.weight", "fc.weight", []],
    ["fc.*", "fc.0.weight", ["0.weight"]],
    ["*", "", [""]],
    ["*.total_ops", "layer1.0.total_ops", ["layer1.0"]],
    ["enc.*.blk.*.w", "enc.1.blk.2.w", ["1", "2"]],
    ["a*a", "aa", [""]],
    ["*x*", "axbx", ["a", "bx"]],
    ["a.b", "axb", undefined],
    ["fc.*", "fc", undefined],
    ["a*a", "a", undefined],
    ["*.bias", "fc.bias.0", undefined],
    ["a*b*c", "a-c", undefined],
    ["", "a", undefined],
  ] as const)("%j in %j stands for %j", (glob, name, stars) => {
    expect(matchGlob(glob, name)).toEqual(stars);
  });

  it("takes linear time on a long name that almost matches", () => {
    expect(matchGlob("*a*a*a*a*a*b", "a".repeat(1_000_000))).toBeUndefined();
  });
});

describe("fillGlob", () => {
  it("puts what the stars stand for in their places", () => {
    expect(fillGlob("features.*.conv.*", ["3", "weight"])).toBe("features.3.conv.weight");
    expect(fillGlob("fc.weight", ["unused"])).toBe("fc.weight");
  });
});
