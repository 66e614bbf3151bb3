import { expect, it } from "vitest";
import { isViewName, viewNames } from "./views.js";

it("a view is what is named so in the list, and nothing that every object has", () => {
  expect(viewNames.every(isViewName)).toBe(true);
  expect(["", "Compare", "constructor", "toString", "__proto__"].filter(isViewName)).toEqual([]);
});
