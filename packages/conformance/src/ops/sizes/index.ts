import { definitionOf, type OpName } from "@isoconv/core-spec";
import type { SizeRecipe } from "../../families/size/recipe.js";
import { arithmetic, elementwise } from "./elementwise.js";
import { images } from "./images.js";
import { lines } from "./lines.js";
import { moves } from "./moves.js";
import { windows } from "./windows.js";

const recipes: Readonly<Partial<Record<OpName, SizeRecipe>>> = {
  ...windows,
  ...images,
  ...lines,
  ...moves,
  ...arithmetic,
};

/** How the sizes of an operation vary; operations of one operand of any shape share a recipe. */
export function recipeOf(op: OpName): SizeRecipe {
  const own = recipes[op];
  if (own !== undefined) return own;
  const { inputs } = definitionOf(op);
  if (Object.keys(inputs).join() === "x" && inputs["x"]?.layout === "any shape") return elementwise;
  throw new Error(
    `${op} takes more than one operand of any shape: say in conformance/src/ops/sizes how its sizes vary`,
  );
}
