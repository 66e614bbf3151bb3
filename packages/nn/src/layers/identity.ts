import { checkNoMore } from "@isoconv/core-spec";
import type { Module } from "../module.js";

/** PyTorch's `nn.Identity`: returns its input and adds no node. */
export function identity(...none: never[]): Module {
  checkNoMore(none, { op: "identity" });
  return (_scope, x) => x;
}
