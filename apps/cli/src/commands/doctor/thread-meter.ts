import { readdirSync, readFileSync } from "node:fs";

const TASKS = "/proc/self/task";
/** A thread is busy if it used at least this share of the busiest thread's CPU time. */
const BUSY_SHARE = 0.2;

/** Counts the busy threads during some work; `undefined` if the system does not report CPU times of threads. */
export type ThreadMeter = (work: () => Promise<void>) => Promise<number | undefined>;

/**
 * A meter of the main thread and of threads that start after this call. The engine's own threads, for compilation and
 * garbage collection, exist already and are not counted. It uses the CPU times that Linux reports.
 */
export function threadMeter(): ThreadMeter {
  const engine = new Set(cpuTimes()?.keys());
  engine.delete(String(process.pid));
  return async (work) => {
    const before = cpuTimes();
    await work();
    const after = cpuTimes();
    if (before === undefined || after === undefined) return undefined;
    const spent = [...after].flatMap(([thread, time]) =>
      engine.has(thread) ? [] : [time - (before.get(thread) ?? 0)],
    );
    const most = Math.max(...spent);
    return most > 0 ? spent.filter((time) => time >= BUSY_SHARE * most).length : undefined;
  };
}

/** CPU time in nanoseconds, by thread. */
function cpuTimes(): ReadonlyMap<string, number> | undefined {
  try {
    return new Map(readdirSync(TASKS).flatMap((thread) => cpuTime(thread)));
  } catch {
    // The folder does not exist: the system is not Linux.
    return undefined;
  }
}

/** Empty for a thread that ended after the folder was read. */
function cpuTime(thread: string): readonly (readonly [string, number])[] {
  try {
    const [time] = readFileSync(`${TASKS}/${thread}/schedstat`, "utf8").split(" ");
    return [[thread, Number(time)]];
  } catch {
    return [];
  }
}
