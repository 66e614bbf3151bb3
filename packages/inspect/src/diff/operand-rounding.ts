import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import { float32, uniform, type Capabilities, type Tensor, type Tensors } from "@isoconv/core-spec";
import { boundsOf, errorBound, type FilledNetwork } from "@isoconv/judge";

/** Seeds of the random directions in which the operands' elements are moved. */
const SEEDS = [1, 2, 3, 4, 5];
/** One spacing of float32, twice the largest rounding error of a number. */
const MOVE = 2 ** -23;

/**
 * Whether a node's error can be explained by the rounding of its operands. A backend such as the reference holds values
 * in more precision than it returns, so it computes with other operands than it returns. The error may then be the
 * node's bound plus the effect of moving every operand by its rounding error; the effect is sampled, and its maximum
 * over all elements is used.
 */
export async function mayComeOfRoundedOperands(
  network: FilledNetwork,
  got: Tensor,
  result: OracleResult,
  capabilities: Capabilities,
): Promise<boolean> {
  const { graph, parameters, feeds } = network;
  const [node] = graph.nodes;
  const { rule, expected } = boundsOf(network, result, capabilities);
  let slack = 0;
  for (const seed of SEEDS) {
    const { [node.name]: moved } = await runOracle(graph, parameters, moveAll(feeds, seed));
    for (const [i, value] of result.value.entries()) {
      const deviation = Math.abs((moved?.value[i] ?? value) - value);
      if (Number.isFinite(deviation)) slack = Math.max(slack, deviation);
    }
  }
  return (
    got.data.length === expected.value.length &&
    expected.value.every((value, i) => {
      if (Object.is(got.data[i], Math.fround(value))) return true;
      return Math.abs(got.data[i] - value) <= errorBound(rule, value, expected.magnitude[i], capabilities) + slack;
    })
  );
}

function moveAll(tensors: Tensors, seed: number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const signs = uniform(seed, `rounding/${name}`, data.length, -1, 1);
      return [
        name,
        float32(
          shape,
          Float32Array.from(data, (x, i) => x * (1 + Math.sign(signs[i]) * MOVE)),
        ),
      ];
    }),
  );
}
