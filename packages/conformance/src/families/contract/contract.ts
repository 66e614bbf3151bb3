import { isIsoconvError, type Backend, type Executable } from "@isoconv/core-spec";
import { failed, fillNetwork, type Judgement, judgeNetwork, Memo, passed } from "@isoconv/judge";
import type { ContractCase } from "../../plan/case.js";
import { type Family, type RunContext } from "../family.js";
import { contracts, type ContractName } from "./contracts.js";
import { outcomeOf } from "./outcome.js";
import type { Contract, Observation, Stage } from "./promise.js";

/** The contracts of the `Backend` interface; each is one case. */
export const contract: Family<ContractCase> = {
  plan: () =>
    (Object.keys(contracts) as ContractName[]).map((name) => ({
      id: `contract/${name}`,
      family: "contract",
      ops: contracts[name].ops,
      contract: name,
    })),
  run: (testCase, context) => watch(contracts[testCase.contract], context),
};

/** Checks one contract, then disposes the backends and executables it made. */
export async function watch(promised: Contract, context: RunContext): Promise<Judgement> {
  const backends: Backend[] = [];
  const executables: Executable[] = [];
  const stage = stageOf(context, backends, executables);
  try {
    const breach = await firstBreach(promised.observe(stage));
    return breach === undefined ? passed() : failed(`${promised.promise}: ${inWords(breach)}`);
  } catch (error) {
    // The contract requires this call to succeed. An error without a code is a defect of the suite or of the backend.
    if (context.signal?.aborted === true || !isIsoconvError(error)) throw error;
    return failed(`${promised.promise}: ${error.message}`);
  } finally {
    await disposeAll([...executables, ...backends]);
  }
}

function inWords(breach: Observation): string {
  const [expected, got] = aroundDifference(breach.expected, breach.got);
  return `${breach.what}: expected ${expected}, got ${got}`;
}

const LONGEST = 200;
const CONTEXT = 40;

/** Shortens long texts, such as graphs, to the part around their first difference. */
function aroundDifference(...texts: readonly [expected: string, got: string]): readonly string[] {
  if (texts.every((text) => text.length <= LONGEST)) return texts;
  const [expected, got] = texts;
  let same = 0;
  while (same < expected.length && expected[same] === got[same]) same += 1;
  const start = Math.max(0, same - CONTEXT);
  return texts.map((text) => {
    const end = start + LONGEST;
    return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  });
}

function stageOf({ backend, capabilities, create }: RunContext, backends: Backend[], executables: Executable[]): Stage {
  const judgeAs =
    (exactly: boolean): Stage["judge"] =>
    async (what, network, results) => {
      // The networks are small and their data differ, so a shared memo would not help.
      const question = { key: "contract", network, exactly };
      const { reason = RIGHT } = await judgeNetwork(question, results, capabilities, new Memo());
      return { what, expected: RIGHT, got: reason };
    };
  return {
    backend,
    capabilities,
    fresh: async () => {
      const another = await create();
      backends.push(another);
      return another;
    },
    compile: async ({ graph, parameters }, options) => {
      const executable = await backend.compile(graph, parameters, options);
      executables.push(executable);
      return executable;
    },
    fill: (network) => fillNetwork(network, capabilities),
    judge: judgeAs(true),
    judgeWithin: judgeAs(false),
  };
}

const RIGHT = "the oracle's result";

async function firstBreach(observations: AsyncIterable<Observation>): Promise<Observation | undefined> {
  for await (const observation of observations) if (observation.expected !== observation.got) return observation;
  return undefined;
}

/** Ignores errors of disposal, because other contracts check it. */
async function disposeAll(made: readonly (Backend | Executable)[]): Promise<void> {
  for (const each of made) await outcomeOf(() => each.dispose());
}
