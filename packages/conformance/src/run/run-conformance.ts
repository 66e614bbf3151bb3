import { isIsoconvError, type Backend } from "@isoconv/core-spec";
import { runCase } from "../families/families.js";
import { Memo, type RunContext } from "../families/family.js";
import { failed, type Judgement } from "../judge/judgement.js";
import type { Case } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { CaseResult, Report, Status } from "../report/report.js";
import { summarise } from "../report/summarise.js";
import { checkExpectations, expectationOf, type Expectation } from "./expectation.js";
import { judgeUnsupported } from "./unsupported.js";
import { Slot } from "./slot.js";

export interface ConformanceOptions {
  /** Makes the backend under test; called once, again for cases that dispose it, and after one hung. */
  readonly create: () => Promise<Backend>;
  readonly expectations?: readonly Expectation[] | undefined;
  /** Told of every case as it is decided, and how long it took. */
  readonly onResult?: ((result: CaseResult, milliseconds: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long a case may take before it counts as hung, in milliseconds. */
  readonly timeout?: number | undefined;
  /** The oracle's results, shared by runs of one plan. */
  readonly memo?: Memo | undefined;
}

/** Longer than any case takes on a slow machine; whole networks at full size take their oracle's minutes. */
const TIMEOUT_MILLISECONDS = { quick: 60_000, full: 600_000, soak: 3_600_000 } as const;

/**
 * Runs a plan on a backend. Every planned case gets a status: the totals add up to the plan's length.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for bad expectations; whatever `create` throws the first time
 */
export async function runConformance(plan: Plan, options: ConformanceOptions): Promise<Report> {
  const { create, expectations = [], onResult, signal, memo = new Memo() } = options;
  checkExpectations(expectations);
  const timeout = options.timeout ?? TIMEOUT_MILLISECONDS[plan.budget];
  const slot = await Slot.open(create);
  const { id, capabilities } = slot.backend;
  try {
    const results: CaseResult[] = [];
    for (const testCase of plan.cases) {
      const start = performance.now();
      const expectation = expectationOf(expectations, testCase.id);
      const outcome = await decide(testCase, expectation, slot, { capabilities, create, memo, signal }, timeout);
      const { id: caseId, family, ops } = testCase;
      const result = { id: caseId, family, ops, ...outcome, ...(expectation === undefined ? {} : { expectation }) };
      results.push(result);
      onResult?.(result, performance.now() - start);
      // A page must be able to draw, and an abort to arrive.
      await nextTask();
    }
    return summarise(id, capabilities, plan, expectations, results);
  } finally {
    await slot.close();
  }
}

type Outcome = Omit<Judgement, "passed"> & { readonly status: Status };

const brokenOff: Outcome = { status: "error", shares: [], reason: "the run was broken off" };

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

async function decide(
  testCase: Case,
  expectation: Expectation | undefined,
  slot: Slot,
  shared: Omit<RunContext, "backend">,
  timeout: number,
): Promise<Outcome> {
  if (expectation?.kind === "skip") return { status: "skip", shares: [], reason: expectation.reason };
  if (isAborted(shared.signal)) return brokenOff;
  const unsupported = testCase.ops.filter((op) => typeof shared.capabilities.ops[op] === "object");
  try {
    const context = { ...shared, backend: await slot.ready() };
    if (unsupported.length > 0) {
      const { passed, ...judgement } = await slot.within(timeout, () =>
        judgeUnsupported(testCase, unsupported, context),
      );
      return { ...judgement, status: passed ? "unsupported" : "fail" };
    }
    const judgement = await slot.within(timeout, () => runCase(testCase, context));
    return withExpectation(judgement, expectation);
  } catch (error) {
    if (isAborted(shared.signal)) return brokenOff;
    const reason = error instanceof Error ? error.message : String(error);
    // What a backend throws has a code; anything else is a defect of the suite, or of a backend that breaks its contract.
    if (!isIsoconvError(error)) return { status: "error", shares: [], reason };
    return withExpectation(failed(reason), expectation);
  }
}

function withExpectation({ passed, ...judgement }: Judgement, expectation: Expectation | undefined): Outcome {
  if (expectation?.kind !== "xfail") return { ...judgement, status: passed ? "pass" : "fail" };
  if (passed)
    return { ...judgement, status: "xpass", reason: `passes, though expected to fail: ${expectation.reason}` };
  if (judgement.reason?.includes(expectation.fails) === true) return { ...judgement, status: "xfail" };
  return {
    ...judgement,
    status: "fail",
    reason: `${judgement.reason ?? "failed"}; expected it to fail with "${expectation.fails}"`,
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve));
}
