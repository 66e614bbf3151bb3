import { opNames, type Tensor } from "@isoconv/core-spec";
import { exampleNetwork, type FilledNetwork } from "@isoconv/judge";
import type { Restatement, RelatedNetwork } from "./statement.js";
import { joinAlong, mapTensors, range, takeAlong } from "./tensor-axes.js";

const BATCH = 3;

/** The registry's example of every operation, with a batch of different items. */
function examples(): readonly RelatedNetwork[] {
  return opNames.map((op) => {
    const network = exampleNetwork(op, `batch-${op}`);
    return { op, variant: `n${BATCH}`, network: { ...network, batch: BATCH } };
  });
}

function takeItems({ graph, parameters, feeds }: FilledNetwork, items: readonly number[]): FilledNetwork {
  const symbolic = new Set(graph.inputs.filter(({ shape }) => shape[0] === "N").map(({ name }) => name));
  const take = (tensor: Tensor, name: string): Tensor => (symbolic.has(name) ? takeAlong(tensor, 0, items) : tensor);
  return { graph, parameters, feeds: mapTensors(feeds, take) };
}

/** The result of an item does not depend on its position in the batch. */
export const batchPermutation: Restatement = {
  kind: "restatement",
  doc: "The items of a batch in another order give the results in that order.",
  equality: "bounds",
  subjects: examples,
  restate: (network) => ({
    parts: [{ network: takeItems(network, [2, 0, 1]) }],
    read: ([results]) => mapTensors(results, (tensor) => takeAlong(tensor, 0, [1, 2, 0])),
  }),
};

/** The result of an item does not depend on other items. */
export const batchOfSingles: Restatement = {
  kind: "restatement",
  doc: "A batch gives what its items give one by one.",
  equality: "bounds",
  subjects: examples,
  restate: (network) => ({
    parts: range(0, BATCH).map((item) => ({ network: takeItems(network, [item]) })),
    read: (results) =>
      mapTensors(results[0], (_, name) =>
        joinAlong(
          results.map((single) => single[name]),
          0,
        ),
      ),
  }),
};
