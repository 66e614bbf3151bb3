import type { Shape } from "@isoconv/core-spec";
import type { RandomAttributes } from "../../ops/op-cases.js";
import type { Choose } from "./choose.js";

/** Any axis but the batch: a symbolic one can be neither cut nor averaged nor moved. */
export function innerAxis(x: Shape, _window: unknown, choose: Choose): RandomAttributes {
  return { axis: choose([...x.keys()].slice(1)) };
}
