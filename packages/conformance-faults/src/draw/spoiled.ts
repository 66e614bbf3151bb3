import type { KernelSite, KernelTable, OpName } from "@isoconv/core-spec";
import { correct, type HostArray, type HostKernel } from "@isoconv/conformance/faults";
import { callOf, type Call } from "./call.js";

/** The operands of a kernel by name. */
export type Operands = Readonly<Record<string, HostArray | readonly HostArray[] | undefined>>;

/** Computes an operation rightly on the operands it is given. */
export type RightKernel = (operands: Operands) => HostArray;

/** A wrong kernel in terms of the right one. */
export type Spoil = (operands: Operands, right: RightKernel, call: Call, site: KernelSite) => HostArray;

/** The right kernel of an operation, with its results spoiled. */
export function spoiled(op: OpName, spoil: Spoil): Partial<KernelTable<HostArray>> {
  // A kernel gets the operands of its own operation, so calling the union of all kernels is safe.
  const kernel = correct[op] as HostKernel<OpName>;
  const wrong: HostKernel<OpName> = (inputs, attrs, site) =>
    spoil(
      inputs,
      (operands) => kernel(operands as typeof inputs, attrs, site),
      callOf(op, inputs, attrs, site.shape),
      site,
    );
  return { [op]: wrong };
}
