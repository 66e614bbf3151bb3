import {
  IsoconvError,
  type Executable,
  type Feeds,
  type MemoryInfo,
  type Results,
  type RunOptions,
  type Tensors,
} from "@isoconv/core-spec";
import { mapElements, type Fault } from "./broken-backend.test.support.js";
import type { everyOp } from "./every-op.js";
import type { Breach } from "./faults.test.support.js";
import type { many } from "./many.js";
import type { signals } from "./signals.js";
import type { weights } from "./weights.js";

/** The results of an executable's runs from the given one on are wrong. */
export const wrongFromRun = (first: number): Fault => ({
  executable: (real) => {
    let runs = 0;
    return {
      run: async (feeds, options) => {
        runs += 1;
        const results = await real.run(feeds, options);
        return runs < first ? results : mapElements(results, (value) => value + 1);
      },
    };
  },
});

/** The given live executable, and those after it, take the place of the first. */
export const mostLive = (most: number): Fault => {
  const live: Executable[] = [];
  return {
    executable: (real) => {
      live.push(real);
      return {
        run: (feeds, options) => {
          const place = live.indexOf(real);
          return (live[place >= most ? 0 : place] ?? real).run(feeds, options);
        },
        dispose: () => {
          if (live.includes(real)) live.splice(live.indexOf(real), 1);
          return real.dispose();
        },
      };
    },
  };
};

/** Counts bytes that were never freed. */
export const leakWhere = (isLeak: (real: Executable, feeds: Feeds, options?: RunOptions) => boolean): Fault => {
  let leaked = 0;
  const plus = ({ buffers, bytes }: MemoryInfo): MemoryInfo => ({ buffers, bytes: bytes + leaked });
  return {
    backend: (real) => ({ memory: () => plus(real.memory()) }),
    executable: (real) => ({
      run: (feeds, options) => {
        if (isLeak(real, feeds, options)) leaked += 4;
        return real.run(feeds, options);
      },
    }),
  };
};

const batchOf = (feeds: Feeds): number => Object.values(feeds)[0]?.shape[0] ?? 1;

/** The values of some inputs are those of the first run. */
export const remembers = (isRemembered: (name: string, feeds: Feeds) => boolean): Fault => ({
  executable: (real) => {
    let first: Tensors | undefined;
    return {
      run: (feeds, options) => {
        first ??= structuredClone(feeds);
        const stale = Object.entries(first).filter(([name]) => isRemembered(name, feeds));
        return real.run({ ...feeds, ...Object.fromEntries(stale) }, options);
      },
    };
  },
});

export const manyBreaches: Readonly<Record<keyof typeof many, Breach>> = {
  "many-live-executables": { fault: () => mostLive(16), says: "executable 17, just compiled" },
  "many-runs": { fault: () => wrongFromRun(17), says: "run 17 of 40" },
  "compile-and-dispose-beside-a-run": {
    fault: () => {
      let busy = 0;
      return {
        backend: (_real, sound) => ({
          compile: (...given) => {
            busy += 1;
            return sound.compile(...given);
          },
        }),
        executable: (real) => ({
          run: async (feeds, options) => {
            const before = busy;
            const results = await real.run(feeds, options);
            return before === busy ? results : mapElements(results, () => 0);
          },
        }),
      };
    },
    says: "the first run beside them",
  },
};

export const signalBreaches: Readonly<Record<keyof typeof signals, Breach>> = {
  "abort-is-of-one-executable": {
    fault: () => {
      let shared: AbortController | undefined;
      return {
        executable: (real) => ({
          run: (feeds, options) => {
            const own = (shared ??= new AbortController());
            options?.signal?.addEventListener("abort", () => {
              shared = undefined;
              own.abort();
            });
            return Promise.resolve().then(() => real.run(feeds, { signal: own.signal }));
          },
        }),
      };
    },
    says: "a run requested before it: expected resolved, got rejected with ABORTED",
  },
  "abort-listeners-are-removed": {
    fault: () => ({
      executable: (real) => ({
        run: (feeds, options) => {
          options?.signal?.addEventListener("abort", () => {});
          return real.run(feeds, options);
        },
      }),
    }),
    says: "listeners after 5 runs at once: expected 0, got 5",
  },
  "a-refused-run-leaves-nothing": {
    fault: () => ({
      executable: (real) => {
        let last: Results | undefined;
        let isStale = false;
        return {
          run: async (feeds, options) => {
            try {
              const results = await real.run(feeds, options);
              const returned = isStale ? (last ?? results) : results;
              [last, isStale] = [results, false];
              return returned;
            } catch (error) {
              isStale = true;
              throw error;
            }
          },
        };
      },
    }),
    says: "the result after a run with a feed of another shape",
  },
  "concurrent-batches-with-a-refused-one": {
    fault: () => ({
      executable: (real) => {
        let failed = false;
        return {
          run: (feeds, options) => {
            const run = real.run(feeds, options);
            run.catch(() => void (failed = true));
            return run.then(async (results) => {
              await Promise.resolve();
              return failed ? mapElements(results, () => 0) : results;
            });
          },
        };
      },
    }),
    says: "result 1 of 4",
  },
};

export const weightBreaches: Readonly<Record<keyof typeof weights, Breach>> = {
  "weights-may-be-inputs": { fault: () => remembers((name) => name === "w"), says: "with weights 2" },
  "weights-may-be-computed": { fault: () => remembers((name) => name === "factor"), says: "the result of feeds 2" },
  "inputs-may-be-parameters": {
    fault: () => ({
      executable: (real) => ({
        run: (feeds, options) => {
          if (Object.keys(feeds).length === 0) throw new IsoconvError("EXECUTION_FAILED", { what: "no feeds" });
          return real.run(feeds, options);
        },
      }),
    }),
    says: "no feeds",
  },
};

export const everyOpBreaches: Readonly<Record<keyof typeof everyOp, Breach>> = {
  "every-op-is-deterministic": {
    fault: () => ({
      executable: (real) => {
        let runs = 0;
        return {
          run: async (feeds, options) => {
            runs += 1;
            const results = await real.run(feeds, options);
            if (real.graph.nodes[0]?.op !== "layerNorm") return results;
            return mapElements(results, (value) => value * (1 + runs * 2 ** -23));
          },
        };
      },
    }),
    says: "layerNorm: result 2 beside the first",
  },
  "every-op-leaks-nothing": {
    fault: () => leakWhere(({ graph }, feeds) => graph.nodes[0]?.op === "concat" && batchOf(feeds) === 33),
    says: "memory() after runs of concat with batches 1, 33, 2, 1",
  },
  "memory-counts-bytes": {
    fault: () => ({
      backend: (real) => ({ memory: () => ({ ...real.memory(), bytes: real.memory().bytes / 8 }) }),
    }),
    says: "memory() with 1 elements more: expected as many bytes or more, got 1 bytes",
  },
};
