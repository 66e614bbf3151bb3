import { familyNames, runConformance, type Case, type FamilyName, type Plan } from "@isoconv/conformance";
import { Memo } from "@isoconv/judge";
import { kinds, type DrawnFault, type Kind } from "../draw/drawn-fault.js";
import { openTracer, type Tracer } from "./tracer.js";

/** The score of drawn faults. */
export interface DrawScore {
  readonly seed: number;
  readonly count: number;
  readonly killed: number;
  readonly kinds: Readonly<Record<Kind, { readonly count: number; readonly killed: number }>>;
  readonly survivors: readonly { readonly name: string; readonly what: string }[];
}

/** A fault and the id of the case that refused it first. */
export interface DrawResult {
  readonly fault: DrawnFault;
  readonly kill: string | undefined;
}

export interface DrawScoreOptions {
  readonly onResult?: ((result: DrawResult) => void) | undefined;
}

/**
 * Runs plans on drawn faults until the first kill: a case with the status `fail` or `error`. A later plan is run only on
 * what the earlier ones let pass.
 *
 * A case that never asks the backend for what a fault spoils gives the same on the correct backend, which passes it, so it
 * cannot kill and is not run: the traces of the correct backend tell.
 */
export async function scoreDraws(
  plans: readonly Plan[],
  faults: readonly DrawnFault[],
  { onResult }: DrawScoreOptions = {},
): Promise<readonly DrawResult[]> {
  const kills = new Map<DrawnFault, string>();
  for (const plan of plans) {
    const memo = new Memo();
    const tracer = await openTracer(plan, memo);
    try {
      for (const fault of faults.filter((each) => !kills.has(each))) {
        const kill = await firstKill(plan, fault, tracer, memo);
        if (kill !== undefined) kills.set(fault, kill);
        if (kill !== undefined || plan === plans.at(-1)) onResult?.({ fault, kill });
      }
    } finally {
      await tracer.close();
    }
  }
  return faults.map((fault) => ({ fault, kill: kills.get(fault) }));
}

/** The families that are likeliest to see a kind of fault; the others follow in the order of a plan. */
const likeliest: Readonly<Record<Kind, readonly string[]>> = {
  shape: ["size", "exact", "matrix"],
  numeric: ["special", "size", "probe"],
  state: ["state", "contract", "trap", "relation"],
  graph: ["graph", "contract", "relation"],
};

async function firstKill(plan: Plan, fault: DrawnFault, tracer: Tracer, memo: Memo): Promise<string | undefined> {
  for (const family of familiesFor(fault.kind)) {
    const cases: Case[] = [];
    for (const testCase of plan.cases.filter((each) => each.family === family && mayAsk(each, fault))) {
      if (fault.isReachedBy(await tracer.traceOf(testCase))) cases.push(testCase);
    }
    if (cases.length === 0) continue;
    const { create } = fault;
    const report = await runConformance({ ...plan, cases }, { create, memo, stopAtFirstFailure: true });
    const kill = report.cases.find(({ status }) => status === "fail" || status === "error");
    if (kill !== undefined) return kill.id;
  }
  return undefined;
}

/** Whether a case may ask for an operation of a fault, as far as that is known before it runs. */
function mayAsk(testCase: Case, { ops }: DrawnFault): boolean {
  const isOfKnownOps = "exactly" in testCase || testCase.family === "model";
  return !isOfKnownOps || ops.length === 0 || ops.some((op) => testCase.ops.includes(op));
}

function familiesFor(kind: Kind): readonly FamilyName[] {
  const first = likeliest[kind].flatMap((name) => familyNames.filter((family) => family === name));
  return [...first, ...familyNames.filter((family) => !first.includes(family))];
}

/** The score of the faults of one seed. */
export function summariseDraws(seed: number, results: readonly DrawResult[]): DrawScore {
  const killed = (some: readonly DrawResult[]): number => some.filter(({ kill }) => kill !== undefined).length;
  const ofKind = (kind: Kind): DrawScore["kinds"][Kind] => {
    const some = results.filter(({ fault }) => fault.kind === kind);
    return { count: some.length, killed: killed(some) };
  };
  return {
    seed,
    count: results.length,
    killed: killed(results),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)])) as DrawScore["kinds"],
    survivors: results.flatMap(({ fault: { name, what }, kill }) => (kill === undefined ? [{ name, what }] : [])),
  };
}
