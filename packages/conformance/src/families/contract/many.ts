import type { Executable } from "@isoconv/core-spec";
import { pipeline, pipelineOps, withFeeds } from "./networks.js";
import { outcomeOf } from "./outcome.js";
import type { Contract } from "./promise.js";

/** One more than twice sixteen: tables of live objects have a power of two of places. */
const EXECUTABLES = 33;
/** More than runtimes take to capture, tune or recompile a graph. */
const RUNS = 40;

/** Contracts about many executables, and many runs of one. */
export const many = {
  "many-live-executables": {
    promise: `Each of ${EXECUTABLES} live executables gives the results of its own parameters`,
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const networks = Array.from({ length: EXECUTABLES }, (_, k) => fill(pipeline({ seed: k + 1, batch: 1 })));
      const made: Executable[] = [];
      for (const [k, network] of networks.entries()) {
        const executable = await compile(network);
        made.push(executable);
        yield await judge(`executable ${k + 1}, just compiled`, network, await executable.run(network.feeds));
      }
      for (const [k, network] of [...networks.entries()].toReversed()) {
        const executable = made[k];
        if (executable === undefined) continue;
        yield await judge(`executable ${k + 1} of ${EXECUTABLES}`, network, await executable.run(network.feeds));
        await executable.dispose();
      }
    },
  },
  "many-runs": {
    promise: `Each of ${RUNS} runs of one executable gives the result of its own feeds`,
    ops: pipelineOps,
    async *observe({ compile, fill, judge, capabilities }) {
      const network = fill(pipeline({ batch: 1 }));
      const executable = await compile(network);
      const turns = [1, 2, 3].map((seed) => withFeeds(network, pipeline({ seed, batch: 1 }), capabilities));
      for (let run = 1; run <= RUNS; run += 1) {
        const own = turns[run % turns.length] ?? network;
        yield await judge(`run ${run} of ${RUNS}`, own, await executable.run(own.feeds));
      }
    },
  },
  "compile-and-dispose-beside-a-run": {
    promise: "Compiling and disposing other executables during a run changes neither its result nor theirs",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      const [network, disposed, compiled] = [1, 2, 3].map((seed) => fill(pipeline({ seed })));
      if (network === undefined || disposed === undefined || compiled === undefined) return;
      const executable = await compile(network);
      const other = await compile(disposed);
      for (const turn of ["first", "second"]) {
        const run = executable.run(network.feeds);
        const [late, disposal] = [compile(compiled), outcomeOf(() => other.dispose())];
        yield await judge(`the ${turn} run beside them`, network, await run);
        yield { what: "dispose beside the run", expected: "resolved", got: await disposal };
        yield await judge("the one compiled", compiled, await (await late).run(compiled.feeds));
      }
      yield await judge("the run after them", network, await executable.run(network.feeds));
    },
  },
} satisfies Record<string, Contract>;
