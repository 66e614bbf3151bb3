import { isIsoconvError, uniform } from "@isoconv/core-spec";
import { failed, type FilledNetwork, type Judgement, passed } from "@isoconv/judge";
import fc from "fast-check";
import type { StateCase } from "../../plan/case.js";
import type { Family, RunContext } from "../family.js";
import type { Command } from "./commands.js";
import { compilations, programs, stateFocuses } from "./programs.js";
import { Breach, stateOps, World } from "./world.js";

/** Shrinking stops after this many programs and reports the shortest found. */
const MOST_SHRINKS = 200;

/**
 * Random programs of compilations, runs, aborts, refusals and disposals, against a model of what must be true after each
 * step. A failure is shrunk to the shortest program that still fails.
 */
export const state: Family<StateCase> = {
  plan: ({ seed, limits }) =>
    stateFocuses.map((focus) => {
      const id = `state/${focus}`;
      const own = Math.floor(uniform(seed, id, 1, 0, 2 ** 31)[0]);
      return { id, family: "state", ops: stateOps, focus, seed: own, runs: limits.statePrograms };
    }),
  run: runPrograms,
};

async function runPrograms({ focus, seed, runs }: StateCase, context: RunContext): Promise<Judgement> {
  let failures = 0;
  let shrinks = 0;
  const filled = new Map<string, FilledNetwork>();
  const holds = async (first: Command, program: Iterable<Command>): Promise<void> => {
    if (failures > 0) shrinks += 1;
    if (shrinks > MOST_SHRINKS) return;
    try {
      await runProgram(first, program, new World(context, filled));
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
  const details = await fc.check(fc.asyncProperty(compilations, programs(focus), holds), { seed, numRuns: runs });
  if (!details.failed) return passed();
  const { errorInstance: error, counterexample } = details;
  // Rethrow other errors: a defect of the suite, or an abort.
  if (counterexample === null || context.signal?.aborted === true) throw error;
  if (!(error instanceof Breach) && !isIsoconvError(error)) throw error;
  const [first, program] = counterexample;
  return failed(`${error.message}, in the program: ${[first, ...program].map(String).join("; ")}`);
}

async function runProgram(first: Command, program: Iterable<Command>, world: World): Promise<void> {
  const caller = { reused: new Map<string, Float32Array>() };
  try {
    await first.run(world, caller);
    await fc.asyncModelRun(() => ({ model: world, real: caller }), program);
  } finally {
    await world.close();
  }
  world.expectMemory();
}
