import { expect, it } from "vitest";
import { headroom } from "./headroom.js";

it("distinguishes shares well within the bound, near it and outside it", () => {
  expect(headroom("pass", 0.2)).toBe("wide");
  expect(headroom("pass", undefined)).toBe("wide");
  expect(headroom("xfail", 0.8)).toBe("near");
  expect(headroom("pass", 1.1)).toBe("over");
  expect(headroom("fail", 0.1)).toBe("over");
  expect(headroom("not run", undefined)).toBe("none");
});
