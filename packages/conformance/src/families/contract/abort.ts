import { nextTask, type Results } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { pipeline, pipelineOps } from "./networks.js";
import { outcomeOf, settle } from "./outcome.js";
import type { Contract, Observation, Stage } from "./promise.js";

/** Contracts about abort signals. */
export const abort = {
  "aborted-signal-is-refused": {
    promise: "A signal that is already aborted rejects run with ABORTED, and the executable works afterwards",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const signal = AbortSignal.abort();
      const got = await outcomeOf(() => executable.run(network.feeds, { signal }));
      yield { what: "run with an aborted signal", expected: ABORTED, got };
      yield await judge("the next result", network, await executable.run(network.feeds));
    },
  },
  "abort-while-running": {
    promise: "A signal aborted during a run settles it, right or with ABORTED, and the executable works afterwards",
    ops: pipelineOps,
    async *observe(stage) {
      const network = stage.fill(pipeline());
      const executable = await stage.compile(network);
      for (const [when, wait] of delays) {
        const controller = new AbortController();
        const run = executable.run(network.feeds, { signal: controller.signal });
        const settled = settle(run);
        await wait();
        controller.abort();
        yield await isRightOrAborted(stage, `a run aborted ${when}`, network, run, await settled);
        yield await stage.judge("the next result", network, await executable.run(network.feeds));
      }
    },
  },
  "abort-while-queued": {
    promise: "A signal aborted while its run is queued settles it, and does not affect other runs",
    ops: pipelineOps,
    async *observe(stage) {
      const network = stage.fill(pipeline());
      const executable = await stage.compile(network);
      const controller = new AbortController();
      const before = executable.run(network.feeds);
      const aborted = executable.run(network.feeds, { signal: controller.signal });
      const after = executable.run(network.feeds);
      const settled = Promise.all([before, aborted, after].map(settle));
      controller.abort();
      const [, outcome = "not settled"] = await settled;
      yield await isRightOrAborted(stage, "the aborted run", network, aborted, outcome);
      yield await stage.judge("the run before it", network, await before);
      yield await stage.judge("the run after it", network, await after);
    },
  },
  "late-abort-changes-nothing": {
    promise: "A signal aborted after its run has no effect",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const network = fill(pipeline());
      const executable = await compile(network);
      const controller = new AbortController();
      const results = await executable.run(network.feeds, { signal: controller.signal });
      controller.abort();
      yield await judge("the result", network, results);
      yield await judge("the next result", network, await executable.run(network.feeds));
    },
  },
} satisfies Record<string, Contract>;

const ABORTED = "rejected with ABORTED";

const delays: readonly (readonly [when: string, wait: () => Promise<void>])[] = [
  ["at once", async () => {}],
  ["a task later", nextTask],
];

async function isRightOrAborted(
  { judge }: Stage,
  what: string,
  network: FilledNetwork,
  run: Promise<Results>,
  outcome: string,
): Promise<Observation> {
  if (outcome === "resolved") return judge(`${what}: its result`, network, await run);
  return { what, expected: ABORTED, got: outcome };
}
