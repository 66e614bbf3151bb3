import type { Module } from "../module.js";

/** PyTorch's `nn.Identity`: returns its input and adds no node. */
export function identity(): Module {
  return (_scope, x) => x;
}
