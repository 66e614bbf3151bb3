import type { BackendId } from "../../engine/catalogue.js";
import { asked, type Comparison } from "./comparison.js";
import { judgeRow } from "./judge-row.js";
import { predictionsOf } from "./predictions.js";

/** The verdict of a comparison, as `isoconv compare` words it. */
export type Verdict =
  | {
      readonly kind: "agree";
      readonly backends: readonly BackendId[];
      /** Backends that break ties differently from the first. */
      readonly differing: readonly BackendId[];
      readonly worst: BackendId;
      readonly worstShare: number;
    }
  | {
      readonly kind: "disagree";
      readonly outside: readonly BackendId[];
      readonly failed: readonly BackendId[];
    }
  | { readonly kind: "nothing ran" };

/** The verdict; `undefined` until every chosen backend and the oracle have finished. */
export function verdictOf({ rows, oracle: { reference } }: Pick<Comparison, "rows" | "oracle">): Verdict | undefined {
  const all = asked({ rows });
  if (all.length === 0 || all.some(([, { phase }]) => !isThrough.has(phase))) return undefined;
  const failed = all.filter(([, { phase }]) => phase === "failed").map(([id]) => id);
  const ran = all.filter(([, { logits }]) => logits !== undefined);
  if (ran.length === 0) return failed.length > 0 ? { kind: "disagree", outside: [], failed } : { kind: "nothing ran" };
  if (reference === undefined) return undefined;
  const judged = ran.flatMap(([id, row]) => {
    const judgement = judgeRow(row, reference);
    return judgement === undefined ? [] : [{ id, ...judgement }];
  });
  const outside = judged.filter(({ agrees }) => !agrees).map(({ id }) => id);
  if (outside.length > 0 || failed.length > 0) return { kind: "disagree", outside, failed };
  const worst = judged.reduce((a, b) => (b.share > a.share ? b : a));
  return {
    kind: "agree",
    backends: judged.map(({ id }) => id),
    differing: differing({ rows }),
    worst: worst.id,
    worstShare: worst.share,
  };
}

const isThrough: ReadonlySet<string> = new Set(["done", "unavailable", "failed"]);

/** Backends whose predictions differ from those of the first that ran. */
export function differing({ rows }: Pick<Comparison, "rows">): readonly BackendId[] {
  const ran = asked({ rows }).flatMap(([id, { logits }]) =>
    logits === undefined ? [] : [{ id, predictions: predictionsOf(logits) }],
  );
  const first = ran[0]?.predictions ?? [];
  return ran.filter(({ predictions }) => predictions.some((each, index) => each !== first[index])).map(({ id }) => id);
}
