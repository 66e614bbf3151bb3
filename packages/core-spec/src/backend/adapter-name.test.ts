import { expect, test } from "vitest";
import { adapterName } from "./adapter-name.js";

const silent = { vendor: "", architecture: "", device: "", description: "" };

test("a GPU's name is its description, or else its other fields", () => {
  expect(adapterName({ ...silent, vendor: "intel", description: "Iris Xe" })).toBe("Iris Xe");
  expect(adapterName({ ...silent, vendor: "google", architecture: "swiftshader" })).toBe("google swiftshader");
  expect(adapterName(silent)).toBeUndefined();
  expect(adapterName(undefined)).toBeUndefined();
});
