import { isFinding } from "@isoconv/conformance";
import { computed, signal } from "@preact/signals";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import { inTurns } from "./in-turns.js";
import type { CaseDetail, CaseLine, PlanChoice, SuiteEvent, SuiteResult } from "./suite-tasks.js";
import { addResults, tallyOf, type Tally } from "./tally.js";
import type { Target } from "./target.js";

/** The state of one backend during and after a run of the suite. */
export interface Column {
  readonly target: Target;
  /** The plan of the run. Cases are run again from the same plan. */
  readonly plan: PlanChoice;
  /** `waiting`: other backends run first; `opening`: no case is decided yet. */
  readonly phase: "waiting" | "opening" | "running" | "done" | "stopped" | "failed";
  readonly decided: number;
  readonly total: number | undefined;
  readonly tally: Tally;
  readonly findings: readonly CaseLine[];
  readonly result: SuiteResult | undefined;
  readonly error: unknown;
  readonly seconds: number | undefined;
}

const fresh = (target: Target, plan: PlanChoice): Column => ({
  target,
  plan,
  phase: "waiting",
  decided: 0,
  total: undefined,
  tally: new Map(),
  findings: [],
  result: undefined,
  error: undefined,
  seconds: undefined,
});

const UNDER_WAY: ReadonlySet<Column["phase"]> = new Set(["waiting", "opening", "running"]);

/** Runs the suite on several backends, each in a separate worker. */
export class SuiteRun {
  readonly columns = signal<readonly Column[]>([]);
  readonly isRunning = computed(() => this.columns.value.some(({ phase }) => UNDER_WAY.has(phase)));
  readonly #engines = new Map<Target, Engine>();
  /** Runs single cases while the backend's own worker is busy with the rest. */
  readonly #aside = new Engine();
  #stopping = new AbortController();

  /** Starts a run and stops the previous one. */
  async start(targets: readonly Target[], plan: PlanChoice): Promise<void> {
    this.end();
    this.#stopping = new AbortController();
    const { signal: stopped } = this.#stopping;
    this.columns.value = targets.map((target) => fresh(target, plan));
    // Running more backends at once than there are cores would slow each one down.
    await inTurns(targets, Math.max(2, navigator.hardwareConcurrency), (target) => this.#run(target, plan, stopped));
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Stops the run and ends the workers; results stay. */
  end(): void {
    this.stop();
    this.columns.value = this.columns.value.map((column) =>
      UNDER_WAY.has(column.phase) ? { ...column, phase: "stopped" } : column,
    );
    for (const engine of this.#engines.values()) engine.end();
    this.#engines.clear();
    this.#aside.end();
  }

  /**
   * Runs one case again and returns everything about it.
   *
   * @param otherwise the plan for a target that was not run
   */
  detail(target: Target, id: string, otherwise: PlanChoice, stopped: AbortSignal): Promise<CaseDetail> {
    const column = this.#columnOf(target);
    const given = { target, base: document.baseURI, plan: column?.plan ?? otherwise, id };
    const isBusy = column !== undefined && UNDER_WAY.has(column.phase);
    const engine = isBusy ? this.#aside : this.#engineOf(target);
    return engine.call("conformanceCase", given, { signal: stopped });
  }

  async #run(target: Target, plan: PlanChoice, stopped: AbortSignal): Promise<void> {
    const start = performance.now();
    const change = (changes: Partial<Column>): void => {
      // A later run has replaced these columns.
      if (this.#stopping.signal === stopped) this.#change(target, changes);
    };
    try {
      stopped.throwIfAborted();
      change({ phase: "opening" });
      const given = { target, base: document.baseURI, plan };
      const onEvent = (event: SuiteEvent): void => {
        if (!stopped.aborted) change(this.#after(target, event));
      };
      const result = await this.#engineOf(target).call("conformance", given, { signal: stopped, onEvent });
      const seconds = (performance.now() - start) / 1000;
      change({ phase: "done", result, tally: tallyOf(result.report.ops), seconds });
    } catch (error) {
      change(isAborted(error) ? { phase: "stopped" } : { phase: "failed", error });
    }
  }

  #after(target: Target, event: SuiteEvent): Partial<Column> {
    if (event.kind === "planned") return { total: event.total };
    const column = this.#columnOf(target);
    if (column === undefined) return {};
    const { lines } = event;
    return {
      phase: "running",
      decided: column.decided + lines.length,
      tally: addResults(column.tally, lines),
      findings: [...column.findings, ...lines.filter(isFinding)],
    };
  }

  #columnOf(target: Target): Column | undefined {
    return this.columns.peek().find((column) => column.target === target);
  }

  #change(target: Target, changes: Partial<Column>): void {
    this.columns.value = this.columns
      .peek()
      .map((column) => (column.target === target ? { ...column, ...changes } : column));
  }

  #engineOf(target: Target): Engine {
    const engine = this.#engines.get(target) ?? new Engine();
    this.#engines.set(target, engine);
    return engine;
  }
}
