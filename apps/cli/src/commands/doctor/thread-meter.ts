import { readdirSync, readFileSync } from "node:fs";

const TASKS = "/proc/self/task";
/** A thread counts as busy from this share of the busiest one's time on. */
const BUSY_SHARE = 0.2;

/** Counts the threads that are busy while it waits for the work; `undefined` where the system does not tell. */
export type ThreadMeter = (work: () => Promise<void>) => Promise<number | undefined>;

/**
 * A meter of the main thread and of those that start from now on: the engine's own, which compile and collect, are there
 * already. It goes by their time on a CPU, as Linux counts it.
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

/** Nanoseconds on a CPU, by thread. */
function cpuTimes(): ReadonlyMap<string, number> | undefined {
  try {
    return new Map(readdirSync(TASKS).flatMap((thread) => cpuTime(thread)));
  } catch {
    // No such folder: the system is not Linux.
    return undefined;
  }
}

/** None for a thread that ended since the folder was read. */
function cpuTime(thread: string): readonly (readonly [string, number])[] {
  try {
    const [time] = readFileSync(`${TASKS}/${thread}/schedstat`, "utf8").split(" ");
    return [[thread, Number(time)]];
  } catch {
    return [];
  }
}
