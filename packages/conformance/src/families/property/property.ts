import { opNames, printGraph, uniform, type Graph, type OpName } from "@isoconv/core-spec";
import fc from "fast-check";
import { failed, type Judgement, type NetworkSpec, type OpShare, passed, worstByOp } from "@isoconv/judge";
import type { PropertyCase } from "../../plan/case.js";
import { lackOf } from "../lack.js";
import type { Family, PlanContext, RunContext } from "../family.js";
import { assemble } from "./assemble.js";
import { drafts, type Draft } from "./draft.js";
import { judgeGraph } from "./judge-graph.js";

/** The number of cases of mixed operations; each has as many runs as the case of an operation. */
const MIXED_CASES = 6;
/** The cases of many nodes, and how many nodes they draw at most. Bounds cost a pass over the graph for every node. */
const LONG_CASES = 2;
const MOST_NODES = { quick: 16, full: 40, soak: 40 } as const;
/** How many graphs of few nodes one of many costs. */
const COST_OF_LONG = 5;
/** Shrinking stops after this many graphs and reports the smallest found. */
const MOST_SHRINKS = 400;

/**
 * Random graphs, each judged node by node and end to end. A failure is shrunk to the smallest graph that still fails.
 *
 * A case draws the same graphs for every backend that supports the same operations. To replay a failure, run the case
 * with `seed` and `path` of its `replay`; no other graph is then drawn.
 */
export const property: Family<PropertyCase> = {
  plan: (context) => [
    ...context.profile.ops.map((op) => planOne(`op/${op}/property/graphs`, op, context)),
    ...Array.from({ length: MIXED_CASES }, (_, k) => planOne(`graph/property/${k + 1}`, "any", context)),
    ...Array.from({ length: LONG_CASES }, (_, k): PropertyCase => {
      const planned = planOne(`graph/property/long-${k + 1}`, "any", context);
      return { ...planned, nodes: MOST_NODES[context.budget], runs: Math.ceil(planned.runs / COST_OF_LONG) };
    }),
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
  const { id, focus, seed, runs, path, nodes } = testCase;
  const ops = supportedOps(context);
  const shares: OpShare[] = [];
  // The key is the graph, because many drafts give the same graph.
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
  const details = await fc.check(fc.asyncProperty(drafts(nodes), holds), {
    seed,
    ...(path === undefined ? { numRuns: runs } : { numRuns: 1, path, endOnFailure: true }),
  });
  if (!details.failed) return passed(worstByOp(shares));
  // Rethrow errors without a failing graph: a defect of the suite, or an abort.
  const [draft] = details.counterexample ?? [];
  const counterexample = draft === undefined ? undefined : assemble(draft, focus, ops);
  const judgement = counterexample === undefined ? undefined : judgements.get(keyOf(counterexample));
  if (judgement?.passed !== false || counterexample === undefined || details.counterexamplePath === null) {
    throw details.errorInstance;
  }
  return failed(`${judgement.reason ?? "disagrees"}, in ${oneLine(counterexample.graph)}`, {
    // Shares of other graphs have elements that this graph lacks.
    shares: judgement.shares,
    counterexample,
    replay: { seed: details.seed, path: details.counterexamplePath },
  });
}

function keyOf({ graph, batch, seed }: NetworkSpec): string {
  return JSON.stringify([graph, batch, seed]);
}

/** The operations that the backend supports; random graphs use no others. */
function supportedOps({ capabilities }: RunContext): readonly OpName[] {
  return opNames.filter((op) => lackOf(op, op, capabilities) === undefined);
}

function oneLine(graph: Graph): string {
  const [, ...lines] = printGraph(graph).trim().split("\n");
  return lines.map((line) => line.trim()).join("; ");
}
