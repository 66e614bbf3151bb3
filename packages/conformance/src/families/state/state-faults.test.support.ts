import type { Feeds, Results } from "@isoconv/core-spec";
import {
  cachesByIdentity,
  ignoresOffsets,
  parametersLateFrom,
  readsLateFrom,
} from "../contract/array-faults.test.support.js";
import { mapElements, type Fault } from "../contract/broken-backend.test.support.js";
import { leakWhere, mostLive, remembers, wrongFromRun } from "../contract/state-faults.test.support.js";

const batchOf = (feeds: Feeds): number => Object.values(feeds)[0]?.shape[0] ?? 1;

/** The rows beyond a batch are those of the last larger run. */
const staleTail = (beyond: number): Fault => ({
  executable: (real) => {
    let largest = 0;
    return {
      run: async (feeds, options) => {
        const results = await real.run(feeds, options);
        const isStale = largest > beyond && batchOf(feeds) < largest;
        largest = Math.max(largest, batchOf(feeds));
        return isStale ? mapElements(results, (value, k) => (k === 0 ? value + 1 : value)) : results;
      },
    };
  },
});

const cachedByBatch = (): Fault => ({
  executable: (real) => {
    const known = new Map<number, Results>();
    return {
      run: async (feeds, options) => {
        const results = known.get(batchOf(feeds)) ?? (await real.run(feeds, options));
        known.set(batchOf(feeds), results);
        return mapElements(results, (value) => value);
      },
    };
  },
});

const lastAfterRefusal = (): Fault => ({
  executable: (real) => {
    let isBroken = false;
    return {
      run: async (feeds, options) => {
        try {
          const results = await real.run(feeds, options);
          return isBroken ? mapElements(results, (value) => value + 1) : results;
        } catch (error) {
          isBroken = true;
          throw error;
        }
      },
    };
  },
});

/** Faults with their thresholds: each must be found by the quick programs. */
export const stateFaults = {
  "results-cached-by-batch": cachedByBatch,
  "stale-after-batch-2": () => staleTail(2),
  "stale-after-batch-3": () => staleTail(3),
  "stale-after-batch-32": () => staleTail(32),
  "wrong-from-run-2": () => wrongFromRun(2),
  "wrong-from-run-5": () => wrongFromRun(5),
  "wrong-from-run-9": () => wrongFromRun(9),
  "most-live-2": () => mostLive(2),
  "most-live-3": () => mostLive(3),
  "most-live-4": () => mostLive(4),
  "offsets-ignored": () => ignoresOffsets(64),
  "cached-by-identity": () => cachesByIdentity(1),
  "large-cached-by-identity": () => cachesByIdentity(64),
  "feeds-read-late": () => readsLateFrom(1),
  "feeds-of-128-read-late": () => readsLateFrom(128),
  "parameters-read-late": () => parametersLateFrom(1),
  "second-input-remembered": () => remembers((name, feeds) => name === "b" && batchOf(feeds) === 1),
  "right-until-refused": lastAfterRefusal,
  "leak-at-batch-33": () => leakWhere((_real, feeds) => batchOf(feeds) === 33),
  "leak-per-refused-run": () =>
    leakWhere((_real, feeds) => Object.values(feeds).some(({ shape }) => shape[0] === 1 && shape.length === 5)),
  "leak-per-aborted-run": () => leakWhere((_real, _feeds, options) => options?.signal?.aborted === true),
} as const satisfies Readonly<Record<string, () => Fault>>;
