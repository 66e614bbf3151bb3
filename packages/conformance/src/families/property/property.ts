import { opNames, printGraph, uniform, type Graph, type OpName } from "@isoconv/core-spec";
import fc from "fast-check";
import { failed, type Judgement, type NetworkSpec, type OpShare, passed, worstByOp } from "@isoconv/judge";
import type { PropertyCase } from "../../plan/case.js";
import { lackOf } from "../lack.js";
import type { Family, PlanContext, RunContext } from "../family.js";
import { assemble } from "./assemble.js";
import { drafts, type Draft } from "./draft.js";
import { judgeGraph } from "./judge-graph.js";

/** Cases of mixed operations, each with as many runs as an operation has. */
const MIXED_CASES = 6;
/** Shrinking is given up after so many more graphs; the smallest found by then is reported. */
const MOST_SHRINKS = 400;

/**
 * Random graphs, each judged node by node and as a whole; a failure is shrunk to the smallest graph that shows it.
 *
 * The same case draws the same graphs from every backend that supports the same operations. A failure is found again by
 * the case with `seed` and `path` of its `replay`: nothing else is then drawn.
 */
export const property: Family<PropertyCase> = {
  plan: (context) => [
    ...context.profile.ops.map((op) => planOne(`op/${op}/property/graphs`, op, context)),
    ...Array.from({ length: MIXED_CASES }, (_, k) => planOne(`graph/property/${k + 1}`, "any", context)),
  ],
  run: runProperty,
};

function planOne(id: string, focus: PropertyCase["focus"], { seed, limits }: PlanContext): PropertyCase {
  const ops = focus === "any" ? [] : [focus];
  return { id, family: "property", ops, focus, seed: seedOf(seed, id), runs: limits.propertyRuns };
}

/** Cases of one plan draw different graphs. */
function seedOf(seed: number, id: string): number {
  return Math.floor(uniform(seed, id, 1, 0, 2 ** 31)[0]);
}

async function runProperty(testCase: PropertyCase, context: RunContext): Promise<Judgement> {
  const { id, focus, seed, runs, path } = testCase;
  const ops = supportedOps(context);
  const shares: OpShare[] = [];
  // By graph: many drafts stand for the same.
  const judgements = new Map<string, Judgement>();
  let failures = 0;
  let shrinks = 0;
  const holds = async (draft: Draft): Promise<boolean> => {
    const network = assemble(draft, focus, ops);
    if (network === undefined) return true;
    const key = keyOf(network);
    const known = judgements.get(key);
    if (known !== undefined) return known.passed;
    if (failures > 0) shrinks += 1;
    if (shrinks > MOST_SHRINKS) return true;
    const judgement = await judgeGraph(network, `${id}|${key}`, context);
    shares.push(...judgement.shares);
    if (!judgement.passed) failures += 1;
    judgements.set(key, judgement);
    return judgement.passed;
  };
  const details = await fc.check(fc.asyncProperty(drafts, holds), {
    seed,
    ...(path === undefined ? { numRuns: runs } : { numRuns: 1, path, endOnFailure: true }),
  });
  if (!details.failed) return passed(worstByOp(shares));
  // What no graph is to blame for: a defect of the suite, or an abort.
  const [draft] = details.counterexample ?? [];
  const counterexample = draft === undefined ? undefined : assemble(draft, focus, ops);
  const judgement = counterexample === undefined ? undefined : judgements.get(keyOf(counterexample));
  if (judgement?.passed !== false || counterexample === undefined || details.counterexamplePath === null) {
    throw details.errorInstance;
  }
  return failed(`${judgement.reason ?? "disagrees"}, in ${oneLine(counterexample.graph)}`, {
    // Elements of other graphs have no place in this one.
    shares: judgement.shares,
    counterexample,
    replay: { seed: details.seed, path: details.counterexamplePath },
  });
}

function keyOf({ graph, batch, seed }: NetworkSpec): string {
  return JSON.stringify([graph, batch, seed]);
}

/** A backend that declares an operation unsupported is not asked for it here. */
function supportedOps({ capabilities }: RunContext): readonly OpName[] {
  return opNames.filter((op) => lackOf(op, op, capabilities) === undefined);
}

function oneLine(graph: Graph): string {
  const [, ...lines] = printGraph(graph).trim().split("\n");
  return lines.map((line) => line.trim()).join("; ");
}
