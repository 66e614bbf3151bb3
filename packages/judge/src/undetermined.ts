import { runOracle } from "@isoconv/backend-reference";
import type { Tensors } from "@isoconv/core-spec";
import type { FilledNetwork } from "./network/network-spec.js";

/**
 * Marks the elements of every output that NaN and ∞ among the operands reach: those whose exact value changes when the
 * non-finite operands are replaced. `undefined` if all operands are finite.
 */
export async function nonFiniteReach(
  network: FilledNetwork,
): Promise<Readonly<Record<string, Uint8Array>> | undefined> {
  const { graph, parameters, feeds } = network;
  if (!hasNonFinite(parameters) && !hasNonFinite(feeds)) return undefined;
  const actual = await runOracle(graph, parameters, feeds);
  const standIns = await Promise.all(
    [-3, 0, 5].map((value) => runOracle(graph, replaced(parameters, value), replaced(feeds, value))),
  );
  return Object.fromEntries(
    Object.entries(actual).map(([name, { value }]) => [
      name,
      Uint8Array.from(value, (element, i) =>
        Number.isFinite(element) && standIns.every((run) => run[name]?.value[i] === element) ? 0 : 1,
      ),
    ]),
  );
}

/** Whether NaN or ∞ is among the elements. */
export function hasNonFinite(tensors: Tensors): boolean {
  return Object.values(tensors).some(({ data }) => {
    for (let k = 0; k < data.length; k += 1) if (!Number.isFinite(data[k])) return true;
    return false;
  });
}

function replaced(tensors: Tensors, standIn: number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tensor.dtype === "float32"
        ? { ...tensor, data: tensor.data.map((element) => (Number.isFinite(element) ? element : standIn)) }
        : tensor,
    ]),
  );
}
