import { pairedRounds, type RoundsOptions } from "@isoconv/core-spec";
import type { NotMeasured } from "./bench-report.js";
import { enter, recheck, refusal, type EnterContext, type Entrant } from "./entrant.js";
import type { Runner } from "./runners.js";
import type { Subject } from "./subject.js";

/** The outcome of one backend in a session: right before and after its rounds, or not measured. */
export type SessionOutcome =
  | {
      readonly status: "session";
      readonly backend: string;
      readonly entrant: Entrant;
      /** Milliseconds of one run, one value per round. */
      readonly times: readonly number[];
    }
  | NotMeasured;

/**
 * Compiles a subject on every backend, times the right ones in paired rounds, and disposes what it compiled.
 *
 * @returns outcomes by backend, in the order given
 */
export async function runSession(
  subject: Subject,
  runners: readonly Runner[],
  rounds: Pick<RoundsOptions, "rounds" | "before">,
  context: EnterContext,
): Promise<ReadonlyMap<string, SessionOutcome>> {
  const { now, signal } = context;
  const entered = new Map<string, Entrant | NotMeasured>();
  try {
    for (const { id, backend } of runners) entered.set(id, await enter(subject, backend, context));
    const contestants = [...entered].flatMap(([id, entrant]) =>
      entrant.status === "entered"
        ? [{ id, run: () => entrant.executable.run(entrant.network.feeds, { signal }) }]
        : [],
    );
    const timed = await pairedRounds(contestants, { ...rounds, now, signal });
    const outcomes = new Map<string, SessionOutcome>();
    for (const { id, backend } of runners) {
      const [entrant, own] = [entered.get(id), timed.get(id)];
      if (entrant === undefined) continue;
      if (entrant.status !== "entered") outcomes.set(id, entrant);
      else if (own === undefined || "error" in own) outcomes.set(id, refusal(own?.error));
      else {
        const wrong = await recheck(subject, entrant, backend, context);
        outcomes.set(id, wrong ?? { status: "session", backend: id, entrant, times: own.times });
      }
    }
    return outcomes;
  } finally {
    for (const entrant of entered.values()) if (entrant.status === "entered") await entrant.executable.dispose();
  }
}
