import { formatNumber, type Unsupported } from "@isoconv/core-spec";
import { profiles } from "../plan/profile.js";
import type { WorstElement } from "@isoconv/judge";
import { statuses, type CaseResult, type OpSummary, type Report, type Status } from "./report.js";

/** A share of a bound in percent; `∞` for an error that no bound permits. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return "∞";
  const percent = share * 100;
  if (percent === 0) return "0 %";
  return `${percent < 0.1 ? "< 0.1" : percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

/** A relative deviation, such as `3.4e-7`; `∞` if it is not finite. */
export function formatDeviation(deviation: number): string {
  if (!Number.isFinite(deviation)) return "∞";
  return deviation === 0 ? "0" : deviation.toExponential(1);
}

/** `140 pass, 3 fail`, without zeros. */
export function formatCounts(counts: Readonly<Partial<Record<Status, number>>>): string {
  const parts = statuses.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** `y[0, 3]: expected 1 ± 1e-7, got 2`. */
export function formatWorst({ value, index, expected, got, bound }: WorstElement): string {
  return `${value}[${index.join(", ")}]: expected ${formatNumber(expected)} ± ${formatNumber(bound)}, got ${formatNumber(got)}`;
}

/** The measured value of a probe, with the declared one if the two differ. */
export function formatProbe({ status, measured, reason }: CaseResult): string {
  return (status === "pass" ? measured : reason) ?? measured ?? status;
}

/** Whether a result needs attention: it neither passed nor was expected. */
export function isFinding({ status }: CaseResult): boolean {
  return status === "fail" || status === "error" || status === "xpass";
}

/** The names of several reports: the backend, and its host (`Node`, `Chromium`) if two are of one backend. */
export function reportNames(reports: readonly Report[]): readonly string[] {
  return reports.map(({ backend, machine }) => {
    const isAlone = reports.filter((other) => other.backend === backend).length === 1;
    const [host] = (machine?.host ?? "").split(" ");
    return isAlone || host === "" ? backend : `${backend} in ${host}`;
  });
}

/** The status of an operation. */
export type OpStatus = Status | "not run";

/** The statuses by severity, the gravest first. */
const BY_WEIGHT = ["error", "fail", "xpass", "unsupported", "xfail", "skip", "pass"] as const satisfies Status[];

/** The gravest status of the cases of an operation. */
export function statusOfOp({ families }: OpSummary): OpStatus {
  const counts = countsOfOp({ families });
  return BY_WEIGHT.find((status) => (counts[status] ?? 0) > 0) ?? "not run";
}

/** The number of an operation's cases by status, over all families. */
export function countsOfOp({ families }: Pick<OpSummary, "families">): Readonly<Partial<Record<Status, number>>> {
  const counts: Partial<Record<Status, number>> = {};
  for (const family of Object.values(families)) {
    for (const status of statuses) {
      const more = family[status] ?? 0;
      if (more > 0) counts[status] = (counts[status] ?? 0) + more;
    }
  }
  return counts;
}

/** Explains the verdict of a report in one sentence. */
export function verdictSentence({ verdict, totals, plan, stale }: Report): string {
  switch (verdict) {
    case "conformant":
      return plan.share === 1
        ? `all ${plan.length} cases of the ${plan.profile} profile pass`
        : `all ${plan.length} cases of a drawn share of ${formatShare(plan.share)} of the ${plan.profile} profile pass`;
    case "partial":
      return `nothing failed unexpectedly, but not all of the ${plan.profile} profile was run and passed`;
    case "nonconformant":
      return `${totals.fail + totals.error} of ${plan.length} cases failed or could not be judged`;
    case "drift":
      return `${totals.xpass + stale.length} expectations no longer hold`;
  }
}

/** The parts of the profile that were not run, one per line. */
export function notRun({ plan, totals, ops, capabilities, cases: results }: Report): readonly string[] {
  const refused = refusalsOf(capabilities).map(
    ({ ops: names, unsupported, issue }) => `${names.join(", ")}: declared unsupported, ${unsupported} (${issue})`,
  );
  const unreached = results.filter(({ status, expectation }) => status === "skip" && expectation === undefined).length;
  const skipped = totals.skip - unreached;
  const untouched = ops.filter((summary) => statusOfOp(summary) === "not run").map(({ op }) => op);
  return [
    ...(plan.omitted === 0
      ? []
      : [
          `${plan.omitted === "uncounted" ? "cases" : cases(plan.omitted)} that the filter ${plan.filter.join(" ")} left out`,
        ]),
    ...(skipped > 0 ? [`${cases(skipped)} that expectations skip`] : []),
    ...(unreached > 0 ? [`${cases(unreached)} after the first failure, where the run stopped`] : []),
    ...(totals.unsupported > 0 ? [`${cases(totals.unsupported)} of operations the backend does not support`] : []),
    ...refused,
    ...(untouched.length > 0 && untouched.length < profiles[plan.profile].ops.length
      ? [`no case of ${untouched.join(", ")}`]
      : []),
  ];
}

/** The unsupported operations of a backend, grouped by reason. */
export function refusalsOf({
  ops,
}: Report["capabilities"]): readonly (Unsupported & { readonly ops: readonly string[] })[] {
  const byReason = new Map<string, Unsupported & { readonly ops: readonly string[] }>();
  for (const [op, support] of Object.entries(ops)) {
    if (typeof support !== "object") continue;
    const key = `${support.unsupported} ${support.issue}`;
    byReason.set(key, { ...support, ops: [...(byReason.get(key)?.ops ?? []), op] });
  }
  return [...byReason.values()];
}

function cases(count: number): string {
  return count === 1 ? "1 case" : `${count} cases`;
}

/** The command that repeats one case, with the backend as given on the command line. */
export function replayCommand(
  { backend, target = backend, plan: { seed, budget } }: Pick<Report, "backend" | "target" | "plan">,
  id: string,
): string {
  const plan = [`--seed ${seed}`, ...(budget === "quick" ? [] : [`--budget ${budget}`])];
  return `isoconv conformance --backend ${quote(target)} --replay ${quote(id)} ${plan.join(" ")}`;
}

/** A word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
