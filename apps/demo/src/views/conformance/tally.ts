import type { OpSummary } from "@isoconv/conformance";
import type { OpName } from "@isoconv/core-spec";
import type { CaseLine } from "./suite-tasks.js";

/** The results so far by operation; summaries as in a report. */
export type Tally = ReadonlyMap<OpName, OpSummary>;

/** The summaries of a report by operation. */
export function tallyOf(ops: readonly OpSummary[]): Tally {
  return new Map(ops.map((summary) => [summary.op, summary]));
}

/** The tally with results added. */
export function addResults(tally: Tally, lines: readonly CaseLine[]): Tally {
  const next = new Map(tally);
  const summaryOf = (op: OpName): OpSummary => next.get(op) ?? { op, families: {}, worst: undefined };
  for (const { id, family, ops, status, shares } of lines) {
    for (const op of ops) {
      const summary = summaryOf(op);
      const counts = summary.families[family] ?? {};
      const families = { ...summary.families, [family]: { ...counts, [status]: (counts[status] ?? 0) + 1 } };
      next.set(op, { ...summary, families });
    }
    for (const share of shares) {
      const summary = summaryOf(share.op);
      if (summary.worst !== undefined && share.share <= summary.worst.share) continue;
      next.set(share.op, { ...summary, worst: { ...share, case: id } });
    }
  }
  return next;
}
