import type { Tensor, Tensors } from "@isoconv/core-spec";
import { changeSince, snapshot } from "./bits.js";
import { passThrough, passThroughOps, pipeline, pipelineOps, withFeeds } from "./networks.js";
import type { Contract, Observation } from "./promise.js";

/** A number that no lattice network computes. */
const SENTINEL = 12345;

/** Contracts about the ownership of feeds, parameters and results. */
export const ownership = {
  "results-belong-to-the-caller": {
    promise: "Writing into a result changes nothing else: no later result, no other output, no feed, no parameter",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const { feeds, parameters } = network;
      const executable = await compile(network);
      const first = await executable.run(feeds);
      const second = await executable.run(feeds);
      yield* areIndependent({ first, second, feeds, parameters });
      overwrite(first, SENTINEL);
      overwrite(second, SENTINEL);
      yield await judge("the next result", network, await executable.run(feeds));
    },
  },
  "pass-through-results-are-copies": {
    promise: "Outputs that only pass a value on are copies: no two share memory with each other, a feed or a parameter",
    ops: passThroughOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(passThrough());
      const { feeds, parameters } = network;
      const executable = await compile(network);
      const results = await executable.run(feeds);
      yield await judge("the result", network, results);
      yield* areIndependent({ results, feeds, parameters });
      overwrite(results, SENTINEL);
      yield await judge("the next result", network, await executable.run(feeds));
    },
  },
  "results-survive-later-runs": {
    promise: "A result stays as it is while the executable runs again, and after its disposal",
    ops: pipelineOps,
    async *observe({ compile, fill, capabilities }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const kept = await executable.run(network.feeds);
      const before = snapshot(kept);
      await executable.run(withFeeds(network, pipeline({ seed: 2 }), capabilities).feeds);
      yield { what: "a result after another run", expected: "unchanged", got: changeSince(before, kept) };
      await executable.dispose();
      yield { what: "a result after disposal", expected: "unchanged", got: changeSince(before, kept) };
    },
  },
  "feeds-may-be-overwritten-at-once": {
    promise: "Feeds may be overwritten as soon as run has returned its promise",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      // The first run starts at once; the others may be queued.
      const runs = [1, 2, 3].map((_, index) => {
        const feeds = copyOf(network.feeds);
        const run = executable.run(feeds);
        overwrite(feeds, SENTINEL + index);
        return run;
      });
      const results = await Promise.all(runs);
      for (const [index, result] of results.entries()) yield await judge(`result ${index + 1} of 3`, network, result);
    },
  },
  "parameters-may-be-overwritten-once-compiled": {
    promise: "Parameters may be overwritten once compile has settled",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const parameters = copyOf(network.parameters);
      const executable = await compile({ ...network, parameters });
      overwrite(parameters, SENTINEL);
      yield await judge("the first result", network, await executable.run(network.feeds));
      yield await judge("the second result", network, await executable.run(network.feeds));
    },
  },
  "feeds-and-parameters-are-not-written": {
    promise: "Neither feeds nor parameters are written to",
    ops: pipelineOps,
    async *observe({ compile, fill }) {
      const network = fill(pipeline());
      const before = { feeds: snapshot(network.feeds), parameters: snapshot(network.parameters) };
      const executable = await compile(network);
      for (const when of ["a run", "another run"]) {
        await executable.run(network.feeds);
        yield { what: `feeds after ${when}`, expected: "unchanged", got: changeSince(before.feeds, network.feeds) };
        const got = changeSince(before.parameters, network.parameters);
        yield { what: `parameters after ${when}`, expected: "unchanged", got };
      }
    },
  },
} satisfies Record<string, Contract>;

/** Writes into each tensor, checks that all others are unchanged, and restores it. */
async function* areIndependent(groups: Readonly<Record<string, Tensors>>): AsyncGenerator<Observation> {
  const all = Object.fromEntries(
    Object.entries(groups).flatMap(([group, tensors]) =>
      Object.entries(tensors).map(([name, tensor]): [string, Tensor] => [`${group}.${name}`, tensor]),
    ),
  );
  for (const [name, { data }] of Object.entries(all)) {
    const { [name]: _written, ...others } = all;
    const before = snapshot(others);
    const own = data.slice();
    data.fill(SENTINEL);
    const got = changeSince(before, others);
    data.set(own);
    yield { what: `everything else when "${name}" is written to`, expected: "unchanged", got };
  }
}

export function copyOf(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tensor.dtype === "float32" ? { ...tensor, data: tensor.data.slice() } : tensor,
    ]),
  );
}

export function overwrite(tensors: Tensors, value: number): void {
  for (const { data } of Object.values(tensors)) data.fill(value);
}
