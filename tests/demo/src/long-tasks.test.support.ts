import type { Browser, Page } from "playwright";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and on the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface LongestTasks {
  /** By the clock: on a machine that others use, this is also their time. */
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
}

/** How long a page's main thread was busy at most without a break during some work, by the browser's own trace. */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<LongestTasks> {
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
  const longest = (durations: readonly (number | undefined)[]): number =>
    durations.reduce<number>((most, duration = 0) => Math.max(most, duration), 0) / 1000;
  return {
    milliseconds: longest(tasks.map(({ dur }) => dur)),
    processorMilliseconds: longest(tasks.map(({ tdur }) => tdur)),
  };
}
