import { nextTask } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { CaseResult } from "../report/report.js";
import type { Session } from "./session.js";

/** The longest time between two pauses for the event loop. */
const SLICE_MILLISECONDS = 16;

/** Runs the cases that `next` gives, one after another, until it gives none. A page can draw and messages arrive between them. */
export async function runCases(
  session: Session,
  next: () => Case | undefined,
  onResult: (result: CaseResult, milliseconds: number) => void,
): Promise<void> {
  let lastPause = performance.now();
  for (let testCase = next(); testCase !== undefined; testCase = next()) {
    const start = performance.now();
    const result = await session.run(testCase);
    onResult(result, performance.now() - start);
    if (performance.now() - lastPause > SLICE_MILLISECONDS) {
      await nextTask();
      lastPause = performance.now();
    }
  }
}

/** The results of a run, as they arrive. */
export class Results {
  readonly #plan: Plan;
  readonly #stopsAtFailure: boolean;
  readonly #byId = new Map<string, CaseResult>();
  #failure: CaseResult | undefined;

  constructor(plan: Plan, stopsAtFailure = false) {
    this.#plan = plan;
    this.#stopsAtFailure = stopsAtFailure;
  }

  add(result: CaseResult): void {
    this.#byId.set(result.id, result);
    const failed = result.status === "fail" || result.status === "error";
    if (failed && this.#stopsAtFailure) this.#failure ??= result;
  }

  /** Whether no further case is to run. */
  get isStopped(): boolean {
    return this.#failure !== undefined;
  }

  /** A result for every case, in the order of the plan. */
  all(): readonly CaseResult[] {
    return this.#plan.cases.map((testCase) => this.#byId.get(testCase.id) ?? this.#missing(testCase));
  }

  #missing({ id, family, ops }: Case): CaseResult {
    const base = { id, family, ops, shares: [] };
    return this.#failure === undefined
      ? { ...base, status: "error", reason: "the thread that ran it gave no result" }
      : { ...base, status: "skip", reason: `not run: the run stopped at ${this.#failure.id}` };
  }
}
