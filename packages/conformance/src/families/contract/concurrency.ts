import { changeSince, snapshot } from "./bits.js";
import { pipeline, pipelineOps, withFeeds } from "./networks.js";
import type { Contract } from "./promise.js";

const CONCURRENT = 33;
const REPEATS = 3;
/** Growing, shrinking and empty, so that a buffer reused from another batch changes a result. */
const BATCHES = [1, 3, 0, 2];

/** Contracts about concurrent and consecutive runs. */
export const concurrency = {
  "concurrent-runs": {
    promise: "Runs requested at once each give their own right result",
    ops: pipelineOps,
    async *observe({ compile, fill, judge, capabilities }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const each = seeds.map((seed) => withFeeds(network, pipeline({ seed, batch: 1 + (seed % 3) }), capabilities));
      const results = await Promise.all(each.map(({ feeds }) => executable.run(feeds)));
      for (const [index, own] of each.entries()) {
        yield await judge(`result ${index + 1} of ${CONCURRENT}`, own, results[index] ?? {});
      }
    },
  },
  "concurrent-runs-of-two-executables": {
    promise: "Runs of two executables requested at once each give their own right result",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const networks = [1, 2].map((seed) => fill(pipeline({ seed })));
      const executables = await Promise.all(networks.map((network) => compile(network)));
      const turns = seeds.map((seed) => seed % 2);
      const results = await Promise.all(turns.map((k) => executables[k]?.run(networks[k]?.feeds ?? {})));
      for (const [index, k] of turns.entries()) {
        const network = networks[k];
        if (network !== undefined)
          yield await judge(`result ${index + 1} of ${CONCURRENT}`, network, results[index] ?? {});
      }
    },
  },
  "runs-do-not-remember": {
    promise: "A run gives the result of its own feeds, not of those before",
    ops: pipelineOps,
    async *observe({ compile, fill, judge, capabilities }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      for (const seed of [1, 2, 1]) {
        const own = withFeeds(network, pipeline({ seed }), capabilities);
        yield await judge(`the result of feeds ${seed}`, own, await executable.run(own.feeds));
      }
    },
  },
  "runs-are-deterministic": {
    promise: "Running again with the same feeds gives the same bits",
    ops: pipelineOps,
    async *observe({ compile, fill }) {
      // Real numbers instead of lattice integers, so that another order of additions changes the last bits.
      const network = fill({ ...pipeline({ batch: 3 }), fills: {} });
      const executable = await compile(network);
      const first = snapshot(await executable.run(network.feeds));
      for (let run = 2; run <= REPEATS; run += 1) {
        const got = changeSince(first, await executable.run(network.feeds));
        yield { what: `result ${run} beside the first`, expected: "unchanged", got };
      }
    },
  },
  "batch-sizes-in-turn": {
    promise: "One executable runs with one batch size after another",
    ops: pipelineOps,
    async *observe({ compile, fill, judge, capabilities }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      for (const batch of BATCHES) {
        const own = withFeeds(network, pipeline({ batch }), capabilities);
        yield await judge(`the result of batch ${batch}`, own, await executable.run(own.feeds));
      }
    },
  },
} satisfies Record<string, Contract>;

const seeds = Array.from({ length: CONCURRENT }, (_, index) => index + 1);
