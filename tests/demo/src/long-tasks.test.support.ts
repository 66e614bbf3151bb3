import type { Browser, Page } from "playwright";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of wall-clock time. */
  readonly dur?: number;
  /** Microseconds of the thread's CPU time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * How many milliseconds a page's main thread computed at most without a break during some work, by the browser's own
 * trace: processor time, whatever else the machine does.
 */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, {
    categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString("utf8")) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const events = trace.traceEvents;
  const key = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(key),
  );
  const tasks = events.filter((event) => event.name.endsWith("RunTask") && mainThreads.has(key(event)));
  if (tasks.length === 0) throw new Error("the trace has no tasks of a main thread");
  // A task of a microsecond has no processor time in the trace; should a longer one ever lack it, the clock counts.
  return Math.max(...tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000));
}
