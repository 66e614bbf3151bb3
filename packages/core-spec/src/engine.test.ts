import { expect, it } from "vitest";
import { checkEngine } from "./engine.js";

it("an engine without ES2023 is refused by name, and not by a TypeError later", () => {
  expect(() => checkEngine()).not.toThrow();
  expect(() => checkEngine({}, "18.20.8")).toThrow(
    "BACKEND_UNAVAILABLE: Node 18.20.8 is too old; expected ES2023. Use Node 20.19 or later",
  );
  expect(() => checkEngine({}, "")).toThrow("this JavaScript engine");
});
