import { expect, it } from "vitest";
import { analyse } from "../../engine/own-network/analyse.js";
import { exampleNames, examples } from "./examples.js";

it.each(exampleNames)("the example %s has ten logits and no error", (name) => {
  const { fault, lines } = analyse(examples[name]);
  expect(fault).toBeUndefined();
  expect(lines.at(-1)?.outputShape).toEqual(["N", 10]);
});
