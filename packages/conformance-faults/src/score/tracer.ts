import { openSession, type Case, type Plan, type Session } from "@isoconv/conformance";
import type { Memo } from "@isoconv/judge";
import { recorder, type Trace } from "./trace.js";

/** What the correct backend is asked during each case of a plan. */
export interface Tracer {
  /** Runs the case on the correct backend when it is first asked for. */
  traceOf(testCase: Case): Promise<Trace>;
  close(): Promise<void>;
}

/** @throws Error in `traceOf` if the correct backend does not pass the case */
export async function openTracer({ budget }: Plan, memo: Memo): Promise<Tracer> {
  const recording = recorder();
  const session: Session = await openSession(budget, { create: async () => recording.create(), memo });
  const known = new Map<string, Promise<Trace>>();
  // One case at a time, for a trace is all that was asked since the one before.
  let last: Promise<unknown> = Promise.resolve();
  const record = async (testCase: Case): Promise<Trace> => {
    recording.take();
    const { status, reason } = await session.run(testCase);
    if (status !== "pass") throw new Error(`the correct backend: ${testCase.id}: ${status}: ${reason ?? ""}`);
    return recording.take();
  };
  return {
    traceOf: (testCase) => {
      const trace = known.get(testCase.id) ?? last.then(() => record(testCase));
      known.set(testCase.id, trace);
      last = trace.catch(() => {});
      return trace;
    },
    close: () => session.close(),
  };
}
