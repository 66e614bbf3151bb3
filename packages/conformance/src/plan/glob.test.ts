import { expect, it } from "vitest";
import { matchesAny, mayMatch } from "./glob.js";

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

it("matches if any glob does, and never without globs", () => {
  expect(matchesAny(["x", "trap/*"], "trap/a")).toBe(true);
  expect(matchesAny([], "trap/a")).toBe(false);
});

it.each([
  ["op/relu/**", "op/relu/exact/", true],
  ["op/relu/**", "op/elu/exact/", false],
  ["op/*elu/**", "op/elu/exact/", true],
  ["op/*/matrix/**", "op/relu/exact/", false],
  ["op/*/m*/k3", "op/relu/matrix/", true],
  ["op/*", "op/relu/matrix/", false],
  ["op/relu", "op/relu/matrix/", false],
  ["**/k3-*", "model/", true],
  ["trap/*", "trap/", true],
  ["trap/*", "model/", false],
  ["", "model/", false],
])("%s may match an id that begins with %s: %s", (glob, prefix, expected) =>
  expect(mayMatch([glob], prefix)).toBe(expected),
);
