import type { FilledNetwork } from "@isoconv/judge";
import { pipeline, pipelineOps } from "./networks.js";
import { settle } from "./outcome.js";
import type { Contract } from "./promise.js";

const RUNS = 5;

/** Contracts about signals that several runs share, and executables that share a backend. */
export const signals = {
  "abort-is-of-one-executable": {
    promise: "An abort of one executable's run touches no run of another",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const networks = [1, 2].map((seed) => fill(pipeline({ seed })));
      const [mine, other] = networks;
      if (mine === undefined || other === undefined) return;
      const [aborted, bystander] = [await compile(mine), await compile(other)];
      for (const when of ["before", "after"]) {
        const controller = new AbortController();
        const early = when === "before" ? bystander.run(other.feeds) : undefined;
        const run = settle(aborted.run(mine.feeds, { signal: controller.signal }));
        const late = bystander.run(other.feeds, { signal: new AbortController().signal });
        const outcomes = Promise.all([early, late].map((each) => settle(Promise.resolve(each))));
        controller.abort();
        for (const got of await outcomes) yield { what: `a run requested ${when} it`, expected: "resolved", got };
        await run;
        if (early !== undefined) yield await judge("the result of the run before", other, await early);
        yield await judge("the result of the run after", other, await late);
      }
      yield await judge("the next result of the aborted one", mine, await aborted.run(mine.feeds));
    },
  },
  "abort-listeners-are-removed": {
    promise: "No run leaves a listener on its signal, however it ends",
    ops: pipelineOps,
    async *observe({ compile, fill }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const { signal, listeners } = countedSignal();
      // At once, so that some wait in the queue.
      await Promise.all(Array.from({ length: RUNS }, () => executable.run(network.feeds, { signal })));
      yield { what: `listeners after ${RUNS} runs at once`, expected: "0", got: String(listeners()) };
      await executable.run(network.feeds, { signal });
      yield { what: "listeners after a run", expected: "0", got: String(listeners()) };
      await settle(executable.run({}, { signal }));
      yield { what: "listeners after a refused run", expected: "0", got: String(listeners()) };
      await executable.dispose();
      await settle(executable.run(network.feeds, { signal }));
      yield { what: "listeners after a run of a disposed executable", expected: "0", got: String(listeners()) };
    },
  },
  "a-refused-run-leaves-nothing": {
    promise: "The run after a refused one gives the result of its own feeds, and a refused run gives none",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      yield await judge("the first result", network, await executable.run(network.feeds));
      for (const [what, feeds] of misfeedings(network)) {
        const got = await settle(executable.run(feeds));
        yield { what: `a run ${what}`, expected: "rejected with INVALID_FEED", got };
        const other = { ...network, feeds: fill(pipeline({ seed: 2 })).feeds };
        yield await judge(`the result after a run ${what}`, other, await executable.run(other.feeds));
      }
    },
  },
  "concurrent-batches-with-a-refused-one": {
    promise: "Runs of several batches requested at once, one of them refused, each settle with their own outcome",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const own = [1, 33, 3, 2].map((batch) => ({
        ...network,
        feeds: fill(pipeline({ batch, seed: batch })).feeds,
      }));
      const started = own.slice(0, 2).map(({ feeds }) => executable.run(feeds));
      const refused = settle(executable.run({}));
      const runs = [...started, ...own.slice(2).map(({ feeds }) => executable.run(feeds))];
      const settled = await Promise.allSettled(runs);
      yield { what: "the run without feeds", expected: "rejected with INVALID_FEED", got: await refused };
      for (const [k, each] of own.entries()) {
        yield { what: `run ${k + 1} of ${own.length}`, expected: "fulfilled", got: settled[k]?.status ?? "not run" };
        yield await judge(`result ${k + 1} of ${own.length}`, each, (await runs[k]) ?? {});
      }
    },
  },
} satisfies Record<string, Contract>;

/** Feeds that must be refused. All but the last resemble the right ones. */
function misfeedings({ feeds }: FilledNetwork): readonly (readonly [what: string, feeds: FilledNetwork["feeds"]])[] {
  const { x } = feeds;
  if (x === undefined) return [];
  const reshaped = { ...x, shape: [...x.shape.slice(0, 1), ...x.shape.slice(2), x.shape[1] ?? 1] };
  return [
    ["with a feed of another shape", { x: reshaped }],
    ["with a feed too many", { x, y: x }],
    ["without feeds", {}],
  ];
}

/** A signal that is never aborted, and the number of its listeners. */
function countedSignal(): { readonly signal: AbortSignal; readonly listeners: () => number } {
  const { signal } = new AbortController();
  const added = new Set<unknown>();
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: AddOptions) => {
    added.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: AddOptions) => {
    added.delete(listener);
    remove(type, listener, options);
  };
  return { signal, listeners: () => added.size };
}

type AddOptions = Parameters<AbortSignal["addEventListener"]>[2];
