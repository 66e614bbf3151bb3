import { isIsoconvError, type Backend, type Capabilities } from "@isoconv/core-spec";
import { runCase } from "../families/families.js";
import { Memo, type RunContext } from "../families/family.js";
import { failed, type Judgement } from "../judge/judgement.js";
import type { Case } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import type { CaseResult, Status } from "../report/report.js";
import { checkExpectations, expectationOf, type Expectation } from "./expectation.js";
import { Slot } from "./slot.js";
import { judgeUnsupported } from "./unsupported.js";

export interface SessionOptions {
  /** Makes the backend under test; called once, again for cases that dispose it, and after one hung. */
  readonly create: () => Promise<Backend>;
  readonly expectations?: readonly Expectation[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long a case may take before it counts as hung, in milliseconds. */
  readonly timeout?: number | undefined;
  /** The oracle's results, shared by runs of one plan. */
  readonly memo?: Memo | undefined;
}

/** Longer than any case takes on a slow machine; whole networks at full size take their oracle's minutes. */
export const timeoutMilliseconds = { quick: 60_000, full: 600_000, soak: 3_600_000 } as const;

/** Decides one case after another on one backend. */
export class Session {
  readonly #slot: Slot;
  readonly #expectations: readonly Expectation[];
  readonly #shared: Omit<RunContext, "backend">;
  readonly #timeout: number;

  private constructor(
    slot: Slot,
    expectations: readonly Expectation[],
    shared: Omit<RunContext, "backend">,
    timeout: number,
  ) {
    this.#slot = slot;
    this.#expectations = expectations;
    this.#shared = shared;
    this.#timeout = timeout;
  }

  /**
   * Makes the backend.
   *
   * @throws IsoconvError `INVALID_ATTRIBUTE` for bad expectations; whatever `create` throws
   */
  static async open({ budget }: Pick<Plan, "budget">, options: SessionOptions): Promise<Session> {
    const { create, expectations = [], signal, memo = new Memo(), timeout = timeoutMilliseconds[budget] } = options;
    checkExpectations(expectations);
    const slot = await Slot.open(create);
    const { capabilities } = slot.backend;
    return new Session(slot, expectations, { capabilities, create, memo, signal }, timeout);
  }

  get backend(): string {
    return this.#slot.backend.id;
  }

  get capabilities(): Capabilities {
    return this.#shared.capabilities;
  }

  /** Runs a case and says what became of it; never throws. */
  async decide(testCase: Case): Promise<CaseResult> {
    const { id, family, ops } = testCase;
    const expectation = expectationOf(this.#expectations, id);
    const outcome = await this.#outcomeOf(testCase, expectation);
    return { id, family, ops, ...outcome, ...(expectation === undefined ? {} : { expectation }) };
  }

  /** Disposes the backend. */
  close(): Promise<void> {
    return this.#slot.close();
  }

  async #outcomeOf(testCase: Case, expectation: Expectation | undefined): Promise<Outcome> {
    if (expectation?.kind === "skip") return { status: "skip", shares: [], reason: expectation.reason };
    const { capabilities, signal } = this.#shared;
    if (isAborted(signal)) return brokenOff;
    const unsupported = testCase.ops.filter((op) => typeof capabilities.ops[op] === "object");
    try {
      const context = { ...this.#shared, backend: await this.#slot.ready() };
      const judge = (): Promise<Judgement> =>
        unsupported.length > 0 ? judgeUnsupported(testCase, unsupported, context) : runCase(testCase, context);
      const judgement = await this.#slot.within(this.#timeout, judge);
      if (unsupported.length === 0) return withExpectation(judgement, expectation);
      const { passed, ...rest } = judgement;
      return { ...rest, status: passed ? "unsupported" : "fail" };
    } catch (error) {
      if (isAborted(signal)) return brokenOff;
      const reason = error instanceof Error ? error.message : String(error);
      // What a backend throws has a code; anything else is a defect of the suite, or of a backend that breaks its contract.
      return isIsoconvError(error)
        ? withExpectation(failed(reason), expectation)
        : { status: "error", shares: [], reason };
    }
  }
}

type Outcome = Omit<Judgement, "passed"> & { readonly status: Status };

const brokenOff: Outcome = { status: "error", shares: [], reason: "the run was broken off" };

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function withExpectation({ passed, ...judgement }: Judgement, expectation: Expectation | undefined): Outcome {
  if (expectation?.kind !== "xfail") return { ...judgement, status: passed ? "pass" : "fail" };
  if (passed) {
    return { ...judgement, status: "xpass", reason: `passes, though expected to fail: ${expectation.reason}` };
  }
  if (judgement.reason?.includes(expectation.fails) === true) return { ...judgement, status: "xfail" };
  return {
    ...judgement,
    status: "fail",
    reason: `${judgement.reason ?? "failed"}; expected it to fail with "${expectation.fails}"`,
  };
}
