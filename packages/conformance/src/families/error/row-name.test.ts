import { expect, it } from "vitest";
import { rowName } from "./row-name.js";

it.each([
  [Number.NaN, "nan"],
  [-0.5, "minus0.5"],
  [1e39, "1e39"],
  [-Infinity, "minusinfinity"],
  ["1", "text-1"],
  ["none ", "text-none_"],
  ["", "text-empty"],
  [[], "list-empty"],
  [[1, "1"], "list-1-text-1"],
  [null, "null"],
  [{}, "object"],
  [true, "true"],
])("names %o %s", (value, name) => {
  expect(rowName(value)).toBe(name);
});
