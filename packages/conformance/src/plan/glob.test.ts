import { expect, it } from "vitest";
import { matchesAny } from "./glob.js";

it.each([
  ["op/conv2d/**", "op/conv2d/matrix/k3-s2", true],
  ["op/*/matrix/**", "op/conv2d/matrix/k3-s2", true],
  ["op/*/matrix", "op/conv2d/matrix/k3-s2", false],
  ["op/conv2d/*", "op/conv2d/matrix/k3", false],
  ["trap/*", "trap/odd-width-twice", true],
  ["**/k3-*", "op/conv2d/matrix/k3-s2", true],
  ["**", "anything/at.all", true],
  ["op/a.b", "op/axb", false],
  ["op/conv2d", "op/conv2d/matrix", false],
  ["(", "(", true],
])("%s matches %s: %s", (glob, id, expected) => expect(matchesAny([glob], id)).toBe(expected));

it("matches when any of several does, and never when there is none", () => {
  expect(matchesAny(["x", "trap/*"], "trap/a")).toBe(true);
  expect(matchesAny([], "trap/a")).toBe(false);
});
