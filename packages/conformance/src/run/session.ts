import { checkCapabilities, isIsoconvError, type Backend, type Capabilities } from "@isoconv/core-spec";
import { runCase } from "../families/families.js";
import { type RunContext } from "../families/family.js";
import { failed, type Judgement, Memo } from "@isoconv/judge";
import { lackFor } from "../families/lack.js";
import type { Budget } from "../plan/budget.js";
import type { Case } from "../plan/case.js";
import type { CaseResult, Status } from "../report/report.js";
import { checkExpectations, expectationOf, type Expectation } from "./expectation.js";
import { Slot } from "./slot.js";
import { judgeUnsupported } from "./unsupported.js";

export interface SessionOptions {
  /** Creates the backend under test. Called once, for cases that dispose it, and after a case that hangs. */
  readonly create: () => Promise<Backend>;
  readonly expectations?: readonly Expectation[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The time limit of a case, after which it counts as hung, in milliseconds. */
  readonly timeout?: number | undefined;
  /** The oracle's results, shared by runs of one plan. Without it no result is kept longer than its case. */
  readonly memo?: Memo | undefined;
}

/** Runs cases on a backend, one after another. */
export interface Session {
  /** The backend's id. */
  readonly backend: string;
  readonly capabilities: Capabilities;
  /** Runs one case; never rejects. */
  run(testCase: Case): Promise<CaseResult>;
  /** Disposes the backend. */
  close(): Promise<void>;
}

/** Longer than any case takes on a busy machine whose processor plays a GPU. */
const TIMEOUT_MILLISECONDS = { quick: 600_000, full: 600_000, soak: 3_600_000 } as const;

/** The default time limit of a case, in milliseconds. */
export function caseTimeout(budget: Budget): number {
  return TIMEOUT_MILLISECONDS[budget];
}

/**
 * Creates the backend under test.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for invalid expectations or capabilities; the errors of the first call of `create`
 */
export async function openSession(budget: Budget, options: SessionOptions): Promise<Session> {
  const { create, expectations = [], signal, timeout = caseTimeout(budget), memo } = options;
  checkExpectations(expectations);
  const slot = await Slot.open(create);
  const { id: backend, capabilities } = slot.backend;
  try {
    checkCapabilities(capabilities);
  } catch (error) {
    await slot.close();
    throw error;
  }
  return {
    backend,
    capabilities,
    async run(testCase) {
      const { id, family, ops } = testCase;
      const expectation = expectationOf(expectations, id);
      const shared = { capabilities, create, memo: memo ?? new Memo(), signal };
      const outcome = await decide(testCase, expectation, slot, shared, timeout);
      return { id, family, ops, ...outcome, ...(expectation === undefined ? {} : { expectation }) };
    },
    close: () => slot.close(),
  };
}

type Outcome = Omit<Judgement, "passed"> & { readonly status: Status };

const brokenOff: Outcome = { status: "error", shares: [], reason: "the run was aborted" };

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
  try {
    const context = { ...shared, backend: await slot.ready() };
    const lack = lackFor(testCase, shared.capabilities);
    if (lack !== undefined) {
      const { passed, ...judgement } = await slot.within(timeout, () => judgeUnsupported(lack, context));
      return { ...judgement, status: passed ? "unsupported" : "fail" };
    }
    const judgement = await slot.within(timeout, () => runCase(testCase, context));
    return withExpectation(judgement, expectation);
  } catch (error) {
    if (isAborted(shared.signal)) return brokenOff;
    const reason = error instanceof Error ? error.message : String(error);
    // Errors of a backend have a code. Others are defects of the suite, or of a backend that breaks its contract.
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
