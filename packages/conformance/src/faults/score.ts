import { Memo } from "../families/family.js";
import type { Case, FamilyName } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { CaseResult } from "../report/report.js";
import { runConformance } from "../run/run-conformance.js";
import type { Fault, Variant } from "./fault.js";

/** A case that refused a backend. */
export interface Kill {
  readonly family: FamilyName;
  readonly case: string;
  readonly reason: string;
}

/** What became of a fault. */
export interface FaultScore {
  readonly fault: Fault;
  /** The first kill by each family that killed it. */
  readonly kills: readonly Kill[];
  /** Whether a family that should kill it did. */
  readonly killed: boolean;
}

/** What became of a correct variant. */
export interface VariantScore {
  readonly variant: Variant;
  /** Every case that refused it; there must be none. */
  readonly kills: readonly Kill[];
}

/** How good the suite is. */
export interface Score {
  readonly faults: readonly FaultScore[];
  readonly variants: readonly VariantScore[];
}

export interface ScoreOptions {
  readonly faults: readonly Fault[];
  readonly variants: readonly Variant[];
  /** The oracle's results, shared by all backends. */
  readonly memo?: Memo | undefined;
  /**
   * `aimed` runs a fault only on cases of the families that should kill it, of the operations it touches, and only until
   * the first kill. `whole` runs the plan.
   */
  readonly extent?: "aimed" | "whole" | undefined;
  readonly onResult?: ((result: FaultScore | VariantScore) => void) | undefined;
}

/** Runs a plan on faulty backends, which it should refuse, and on correct variants, which it should not. */
export async function scoreFaults(
  plan: Plan,
  { faults, variants, memo = new Memo(), extent = "aimed", onResult }: ScoreOptions,
): Promise<Score> {
  const faultScores: FaultScore[] = [];
  for (const fault of faults) {
    const score = await scoreFault(plan, fault, memo, extent);
    faultScores.push(score);
    onResult?.(score);
  }
  const variantScores: VariantScore[] = [];
  for (const variant of variants) {
    const kills = await killsOf(plan, variant, memo);
    variantScores.push({ variant, kills });
    onResult?.({ variant, kills });
  }
  return { faults: faultScores, variants: variantScores };
}

async function scoreFault(
  plan: Plan,
  fault: Fault,
  memo: Memo,
  extent: NonNullable<ScoreOptions["extent"]>,
): Promise<FaultScore> {
  const kills =
    extent === "whole"
      ? await killsOf(plan, fault, memo)
      : await killsOf({ ...plan, cases: casesAimedAt(fault, plan.cases) }, fault, memo, { onlyFirst: true });
  const firsts = kills.filter(({ family }, index) => kills.findIndex((kill) => kill.family === family) === index);
  return { fault, kills: firsts, killed: firsts.some(({ family }) => fault.killedBy.includes(family)) };
}

/** The cases of the families that should kill a fault and that have to do with its operations. */
export function casesAimedAt({ killedBy, ops }: Fault, cases: readonly Case[]): readonly Case[] {
  return cases.filter(
    ({ family, ops: needed }) =>
      killedBy.includes(family) && (ops.length === 0 || needed.length === 0 || needed.some((op) => ops.includes(op))),
  );
}

/** Thrown out of a run to end it. */
const enough = Symbol("enough");

async function killsOf(
  plan: Plan,
  subject: Fault | Variant,
  memo: Memo,
  { onlyFirst = false }: { readonly onlyFirst?: boolean } = {},
): Promise<readonly Kill[]> {
  const kills: Kill[] = [];
  const onResult = ({ id, family, status, reason = "" }: CaseResult): void => {
    if (status !== "fail" && status !== "error") return;
    kills.push({ family, case: id, reason });
    if (onlyFirst) throw enough;
  };
  try {
    await runConformance(plan, { create: () => subject.create(), memo, onResult });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return kills;
}

/** The score as a Markdown table of the faults, and one of the variants. */
export function formatScore({ faults, variants }: Score): string {
  const killed = faults.filter((score) => score.killed).length;
  const untouched = variants.filter(({ kills }) => kills.length === 0).length;
  return [
    `${killed} of ${faults.length} faults killed by a family that should; ${untouched} of ${variants.length} correct variants passed.`,
    "",
    ...table(
      ["Fault", "Bug", "Killed by", "First case"],
      faults.map(({ fault: { name, bug }, kills }) => [
        `\`${name}\``,
        bug,
        kills.map(({ family }) => family).join(", ") || "**nothing**",
        kills[0] === undefined ? "" : `\`${kills[0].case}\``,
      ]),
    ),
    "",
    ...table(
      ["Correct variant", "What it does otherwise", "Killed by"],
      variants.map(({ variant: { name, difference }, kills }) => [
        `\`${name}\``,
        difference,
        kills[0] === undefined ? "nothing" : `**\`${kills[0].case}\`**`,
      ]),
    ),
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
