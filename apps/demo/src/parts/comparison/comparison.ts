import type { Reference } from "@isoconv/judge";
import type { Capabilities, Tensor } from "@isoconv/core-spec";
import { backendIds, type BackendId } from "../../engine/catalogue.js";

/** The progress of a backend. */
export type Phase =
  "idle" | "waiting" | "opening" | "compiling" | "running" | "done" | "unavailable" | "failed" | "stopped";

/** One backend of a comparison. */
export interface Row {
  readonly phase: Phase;
  readonly capabilities?: Capabilities;
  /** `[N, classes]`. */
  readonly logits?: Tensor;
  readonly coldMilliseconds?: number;
  readonly warmMilliseconds: readonly number[];
  readonly error?: unknown;
}

export interface OracleRow {
  readonly phase: "idle" | "waiting" | "running" | "done" | "failed" | "stopped";
  readonly reference?: Reference;
  readonly error?: unknown;
}

/** The images of a comparison: the chosen image, or every sample with its label. */
export type Questions = { readonly kind: "one" } | { readonly kind: "all"; readonly labels: readonly number[] };

export interface Comparison {
  readonly questions: Questions;
  readonly isRunning: boolean;
  readonly rows: Readonly<Record<BackendId, Row>>;
  readonly oracle: OracleRow;
}

export type Change =
  | { readonly backend: BackendId; readonly row: Partial<Row> }
  | { readonly warmMilliseconds: number; readonly backend: BackendId }
  | { readonly oracle: OracleRow };

const idleRow: Row = { phase: "idle", warmMilliseconds: [] };

/** The state before any run. */
export const idle: Comparison = {
  questions: { kind: "one" },
  isRunning: false,
  rows: rowsFrom(() => idleRow),
  oracle: { phase: "idle" },
};

/** The state at the start of a run: the chosen backends and the oracle are waiting. */
export function started(questions: Questions, backends: readonly BackendId[]): Comparison {
  return {
    questions,
    isRunning: true,
    rows: rowsFrom((id) => (backends.includes(id) ? { phase: "waiting", warmMilliseconds: [] } : idleRow)),
    oracle: { phase: "waiting" },
  };
}

export function changed(comparison: Comparison, change: Change): Comparison {
  if ("oracle" in change) return { ...comparison, oracle: change.oracle };
  const { backend } = change;
  const before = comparison.rows[backend];
  const row =
    "row" in change
      ? { ...before, ...change.row }
      : { ...before, warmMilliseconds: [...before.warmMilliseconds, change.warmMilliseconds] };
  return { ...comparison, rows: { ...comparison.rows, [backend]: row } };
}

function rowsFrom(make: (id: BackendId) => Row): Readonly<Record<BackendId, Row>> {
  return Object.fromEntries(backendIds.map((id) => [id, make(id)])) as Record<BackendId, Row>;
}

/** The backends of the run, with their rows. */
export function asked({ rows }: Pick<Comparison, "rows">): readonly (readonly [BackendId, Row])[] {
  return backendIds.map((id) => [id, rows[id]] as const).filter(([, { phase }]) => phase !== "idle");
}
