import type { Executable, Feeds, Results } from "@isoconv/core-spec";
import { arrayBreaches } from "./array-faults.test.support.js";
import { mapElements, nextTask, type Fault } from "./broken-backend.test.support.js";
import type { ContractName } from "./contracts.js";
import { lifetimeBreaches } from "./lifetime-faults.test.support.js";
import { everyOpBreaches, manyBreaches, signalBreaches, weightBreaches } from "./state-faults.test.support.js";

/** A backend that breaks one contract, and a part of the expected message. */
export interface Breach {
  readonly fault: () => Fault;
  readonly says: string;
}

let created = 0;

const staleBuffers = (): Fault => ({
  executable: (real) => {
    let kept: Results | undefined;
    return {
      run: async (feeds, options) => {
        const results = await real.run(feeds, options);
        kept ??= results;
        for (const [name, { data }] of Object.entries(results)) kept[name].data.set(data);
        return kept;
      },
    };
  },
});

const disposeOnAbort = (): Fault => ({
  executable: (real) => ({
    run: (feeds, options) => {
      options?.signal?.addEventListener("abort", () => void real.dispose());
      return real.run(feeds);
    },
  }),
});

/** `memory()` that also counts the calls of `leak`. */
const leaking = (where: (leak: () => void) => Fault["executable"]): Fault => {
  let leaked = 0;
  return {
    backend: (real) => ({
      memory: () => ({ buffers: real.memory().buffers + leaked, bytes: real.memory().bytes + 4 * leaked }),
    }),
    executable: where(() => void (leaked += 1))!,
  };
};

export const breaches: Readonly<Record<ContractName, Breach>> = {
  ...lifetimeBreaches,
  ...arrayBreaches,
  ...weightBreaches,
  ...manyBreaches,
  ...signalBreaches,
  ...everyOpBreaches,
  "id-is-stable": { fault: () => ({ backend: () => ({ id: `backend-${(created += 1)}` }) }), says: "another backend" },
  "capabilities-are-frozen": {
    fault: () => ({
      backend: ({ capabilities }) => ({ capabilities: Object.freeze({ ...structuredClone(capabilities) }) }),
    }),
    says: "all but capabilities.runtime",
  },
  "capabilities-are-stable": {
    fault: () => ({
      backend: ({ capabilities }) => ({ capabilities: { ...capabilities, threads: (created += 1) } }),
    }),
    says: "the capabilities of another one",
  },
  "capabilities-list-every-op": {
    fault: () => ({
      backend: ({ capabilities }) => {
        const { relu: _relu, ...ops } = capabilities.ops;
        return { capabilities: { ...capabilities, ops: ops as typeof capabilities.ops } };
      },
    }),
    says: "the operations listed",
  },
  "results-are-the-outputs": {
    fault: () => ({
      executable: (real) => ({
        run: async (feeds) => ({ ...(await real.run(feeds)), debug: Object.values(feeds)[0] }),
      }),
    }),
    says: "expected features, logits, got debug, features, logits",
  },
  "pass-through-results-are-plain": {
    fault: () => ({
      executable: (real) => ({
        run: async (feeds) => {
          const results = await real.run(feeds);
          return { ...results, shaped: { ...results["shaped"], shape: [2, 2, 3] } };
        },
      }),
    }),
    says: 'result "shaped"\'s shape: expected 2×3×2, got 2×2×3',
  },
  "taps-appear-by-name": {
    fault: () => ({
      executable: (real) => ({
        run: async (feeds) => {
          const { features, logits } = await real.run(feeds);
          return { features: features, logits: logits };
        },
      }),
    }),
    says: "got features, logits",
  },
  "graph-is-the-one-written": {
    fault: () => ({ executable: ({ graph }) => ({ graph: { ...graph, nodes: graph.nodes.slice(1) } }) }),
    says: "the graph: expected",
  },
  "passes-leave-results-alone": {
    fault: () => ({
      backend: (_real, sound) => ({
        compile: async (graph, parameters, options) => {
          const executable = await sound.compile(graph, parameters, options);
          if (options?.passes === undefined) return executable;
          return { ...executable, run: async (feeds) => mapElements(await executable.run(feeds), () => 0) };
        },
      }),
    }),
    says: "all elements are zero",
  },
  "results-belong-to-the-caller": { fault: staleBuffers, says: 'everything else when "first.features" is written to' },
  "pass-through-results-are-copies": {
    fault: () => ({
      executable: (real) => ({ run: async (feeds) => ({ ...(await real.run(feeds)), same: feeds["x"] }) }),
    }),
    says: '"feeds.x"[0] changed to 12345',
  },
  "results-survive-later-runs": { fault: staleBuffers, says: "a result after another run: expected unchanged" },
  "feeds-may-be-overwritten-at-once": {
    fault: () => ({ executable: (real) => ({ run: (feeds) => nextTask().then(() => real.run(feeds)) }) }),
    says: "result 1 of 3",
  },
  "parameters-may-be-overwritten-once-compiled": {
    fault: () => ({
      executable: (_real, owner, { graph, parameters }) => ({
        run: async (feeds) => (await owner.compile(graph, parameters)).run(feeds),
      }),
    }),
    says: "the first result",
  },
  "feeds-and-parameters-are-not-written": {
    fault: () => ({
      executable: (real) => ({
        run: async (feeds) => {
          const results = await real.run(feeds);
          feeds["x"].data[3] = 77;
          return results;
        },
      }),
    }),
    says: 'feeds after a run: expected unchanged, got "x"[3] changed to 77',
  },
  "runs-do-not-remember": {
    fault: () => ({
      executable: (real) => {
        let kept: ReturnType<Executable["run"]> | undefined;
        return { run: (feeds) => (kept ??= real.run(feeds)) };
      },
    }),
    says: "the result of feeds 2",
  },
  "concurrent-runs": {
    fault: () => ({
      executable: (real) => {
        let latest: Feeds = {};
        return {
          run: async (feeds) => {
            latest = feeds;
            await nextTask();
            return real.run(latest);
          },
        };
      },
    }),
    says: "result 1 of 33",
  },
  "concurrent-runs-of-two-executables": {
    fault: () => {
      let latest: Executable | undefined;
      return {
        executable: (real) => ({
          run: async (feeds) => {
            latest = real;
            await nextTask();
            return latest.run(feeds);
          },
        }),
      };
    },
    says: "result 2 of 33",
  },
  "runs-are-deterministic": {
    fault: () => ({
      executable: (real) => {
        let runs = 0;
        return {
          run: async (feeds) => {
            runs += 1;
            return mapElements(await real.run(feeds), (value) => value * (1 + runs * 2 ** -23));
          },
        };
      },
    }),
    says: "result 2 beside the first: expected unchanged",
  },
  "batch-sizes-in-turn": {
    fault: () => ({
      executable: (real) => {
        let first: Results | undefined;
        return { run: async (feeds) => (first ??= await real.run(feeds)) };
      },
    }),
    says: "the result of batch 3",
  },
  "aborted-signal-is-refused": {
    fault: () => ({ executable: (real) => ({ run: (feeds) => real.run(feeds) }) }),
    says: "expected rejected with ABORTED, got resolved",
  },
  "abort-while-running": { fault: disposeOnAbort, says: "DISPOSED" },
  "abort-while-queued": {
    fault: () => ({
      executable: (real) => ({
        run: async (feeds, options) => {
          const results = await real.run(feeds);
          if (options?.signal?.aborted === true) throw new Error("AbortError");
          return results;
        },
      }),
    }),
    says: "expected rejected with ABORTED, got rejected with Error: AbortError",
  },
  "late-abort-changes-nothing": { fault: disposeOnAbort, says: "DISPOSED" },
  "memory-counts-parameters": {
    fault: () => ({ backend: () => ({ memory: () => ({ buffers: 0, bytes: 0 }) }) }),
    says: "expected more buffers and bytes than before",
  },
  "cycles-leak-nothing": {
    fault: () =>
      leaking((leak) => (real) => ({
        dispose: async () => {
          leak();
          await real.dispose();
        },
      })),
    says: "expected 0 buffers, 0 bytes, got 50 buffers, 200 bytes",
  },
  "runs-leak-nothing": {
    fault: () =>
      leaking((leak) => (real) => ({
        run: (feeds, options) => {
          leak();
          return real.run(feeds, options);
        },
      })),
    says: "memory() after 50 runs",
  },
  "failures-leak-nothing": {
    fault: () =>
      leaking((leak) => (real) => ({
        run: (feeds, options) => {
          const run = real.run(feeds, options);
          run.catch(leak);
          return run;
        },
      })),
    says: "memory() after a refused run",
  },
  "disposal-frees-everything": {
    fault: () => ({
      backend: (real) => {
        let most = real.memory();
        return {
          memory: () => {
            if (real.memory().bytes > most.bytes) most = real.memory();
            return most;
          },
          dispose: () => {
            most = real.memory();
            return real.dispose();
          },
        };
      },
    }),
    says: "memory() after the backend's disposal",
  },
};
