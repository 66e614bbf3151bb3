import { describe, expect, it } from "vitest";
import { overlayOf } from "./overlay.js";

describe("overlayOf", () => {
  it("is red for positive, blue for negative and transparent for zero", () => {
    const { data } = overlayOf(Float32Array.of(2, -1, 0), 1, 3);
    const [pro, con, none] = [0, 1, 2].map((index) => Array.from(data.slice(index * 4, index * 4 + 4)));
    expect(pro[0]).toBeGreaterThan(pro[2] + 80);
    expect(con[2]).toBeGreaterThan(con[0] + 80);
    expect([pro[3], con[3], none[3]]).toEqual([191, 96, 0]);
  });

  it("is transparent for a map of zeros", () => {
    expect(Array.from(overlayOf(new Float32Array(2), 1, 2).data).filter((_, index) => index % 4 === 3)).toEqual([0, 0]);
  });
});
