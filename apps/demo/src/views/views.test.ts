import { expect, it } from "vitest";
import { isViewName, viewNames } from "./views.js";

it("only names in the list are views, and not the properties that every object has", () => {
  expect(viewNames.every(isViewName)).toBe(true);
  expect(["", "Compare", "constructor", "toString", "__proto__"].filter(isViewName)).toEqual([]);
});
