import { IsoconvError, type Backend, type Executable, type Graph } from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutable, wrapExecutables } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { mapResults } from "./map-tensors.js";
import { feedsOf, line, outcomeOf, parametersOf } from "./stage.js";
import type { StateFault } from "./state.js";

const graph = line();

/** The backend with every executable replaced; `change` may look at all that are alive. */
function watchLive(
  inner: Backend,
  change: (executable: Executable, live: ReadonlySet<Executable>) => Partial<Pick<Executable, "run" | "dispose">>,
  after: { readonly compiled?: () => void; readonly disposed?: () => void } = {},
): Backend {
  const live = new Set<Executable>();
  return wrapBackend(inner, {
    compile: async (source, parameters, options) => {
      const executable = await inner.compile(source, parameters, options);
      after.compiled?.();
      live.add(executable);
      const changed = change(executable, live);
      return wrapExecutable(executable, {
        ...changed,
        dispose: async () => {
          if (live.delete(executable)) after.disposed?.();
          await (changed.dispose?.() ?? executable.dispose());
        },
      });
    },
  });
}

export function nthExecutable(stream: Stream): StateFault {
  const nth = stream.logInteger(2, 32);
  return {
    what: `the ${nth}th executable that is alive at once gives zeros`,
    needs: { live: nth },
    create: (isFaulty, id) =>
      watchLive(hostBackend(id), (executable, live) => {
        const isLate = isFaulty && live.size >= nth;
        return {
          run: async (feeds, options) => {
            const results = await executable.run(feeds, options);
            return isLate ? mapResults(results, () => 0) : results;
          },
        };
      }),
    program: async (stage) => {
      for (let k = 0; k < nth; k += 1) {
        await stage.seeRun(await stage.compile(graph, parametersOf(graph)), feedsOf(graph));
      }
    },
  };
}

export function disturbed(stream: Stream): StateFault {
  const event = stream.pick(["compiled", "disposed"] as const);
  const nth = stream.logInteger(1, 8);
  return {
    what: `the next run of every executable is wrong after ${nth} others were ${event}`,
    needs: { live: 2 },
    create: (isFaulty, id) => {
      let events = 0;
      const count = (): void => void (events += 1);
      return watchLive(
        hostBackend(id),
        (executable) => {
          let seen = events;
          return {
            run: async (feeds, options) => {
              const results = await executable.run(feeds, options);
              const isDisturbed = events - seen >= nth;
              seen = events;
              return isFaulty && isDisturbed ? mapResults(results, (value) => value + 1) : results;
            },
          };
        },
        { [event]: count },
      );
    },
    program: async (stage) => {
      const first = await stage.compile(graph, parametersOf(graph));
      await stage.seeRun(first, feedsOf(graph));
      for (let k = 0; k < nth; k += 1) await (await stage.compile(graph, parametersOf(graph, 2))).dispose();
      await stage.seeRun(first, feedsOf(graph));
    },
  };
}

/** What a cache of compiled graphs takes for their identity. */
const identities = [
  ["name", (source: Graph): unknown => source.name],
  ["object", (source: Graph): unknown => source],
  ["nodes", (source: Graph): unknown => JSON.stringify(source.nodes)],
] as const;

export function firstParameters(stream: Stream): StateFault {
  const [what, keyOf] = stream.pick(identities);
  return {
    what: `a second graph with the same ${what} gets the first one's parameters while that is alive`,
    needs: { live: 2 },
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      const known = new Map<
        unknown,
        { readonly signature: string; readonly parameters: ReturnType<typeof parametersOf> }
      >();
      return wrapBackend(inner, {
        compile: async (source, parameters, options) => {
          if (!isFaulty) return inner.compile(source, parameters, options);
          const signature = JSON.stringify(source?.parameters);
          const kept = known.get(keyOf(source));
          const own = { signature, parameters };
          const executable = await inner.compile(
            source,
            kept?.signature === signature ? kept.parameters : parameters,
            options,
          );
          if (kept === undefined) known.set(keyOf(source), { ...own, parameters: { ...parameters } });
          return wrapExecutable(executable, {
            dispose: async () => {
              if (kept === undefined) known.delete(keyOf(source));
              await executable.dispose();
            },
          });
        },
      });
    },
    program: async (stage) => {
      for (const seed of [1, 2])
        await stage.seeRun(await stage.compile(graph, parametersOf(graph, seed)), feedsOf(graph));
    },
  };
}

export function abortHitsAnother(): StateFault {
  return {
    what: "an abort also rejects the current runs of other executables",
    needs: { live: 2, signals: 1 },
    create: (isFaulty, id) => {
      const pending = new Set<(error: unknown) => void>();
      return wrapExecutables(hostBackend(id), (inner) => ({
        run: (feeds, options) => {
          const signal = options?.signal;
          const aborted = (): void => {
            for (const reject of pending) reject(new IsoconvError("ABORTED", { what: "the queue was cleared" }));
          };
          if (!isFaulty) return inner.run(feeds, options);
          signal?.addEventListener("abort", aborted, { once: true });
          return new Promise((resolve, reject) => {
            pending.add(reject);
            const done = (): void => {
              pending.delete(reject);
              signal?.removeEventListener("abort", aborted);
            };
            inner.run(feeds, options).finally(done).then(resolve, reject);
          });
        },
      }));
    },
    program: async (stage) => {
      const [first, second] = [
        await stage.compile(graph, parametersOf(graph)),
        await stage.compile(graph, parametersOf(graph, 2)),
      ];
      const controller = new AbortController();
      const runs = [
        outcomeOf(first.run(feedsOf(graph))),
        outcomeOf(first.run(feedsOf(graph, 2, 2), { signal: controller.signal })),
        outcomeOf(second.run(feedsOf(graph, 2, 3))),
      ];
      controller.abort();
      for (const outcome of await Promise.all(runs)) stage.see(outcome);
    },
  };
}

export function listenersStay(): StateFault {
  return {
    what: "every run leaves a listener on its abort signal",
    needs: { signals: 1 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: (feeds, options) => {
          if (isFaulty) options?.signal?.addEventListener("abort", () => {});
          return inner.run(feeds, options);
        },
      })),
    program: async (stage) => {
      const { signal } = new AbortController();
      let listeners = 0;
      const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
      Reflect.set(signal, "addEventListener", (...asked: Parameters<typeof add>) => {
        listeners += 1;
        add(...asked);
      });
      Reflect.set(signal, "removeEventListener", (...asked: Parameters<typeof remove>) => {
        listeners -= 1;
        remove(...asked);
      });
      await stage.seeRun(await stage.compile(graph, parametersOf(graph)), feedsOf(graph), { signal });
      stage.see(`${listeners} listeners`);
    },
  };
}

export function manyAtOnce(stream: Stream): StateFault {
  const most = stream.logInteger(2, 16);
  return {
    what: `of more than ${most} concurrent runs of an executable the last returns zeros`,
    needs: { runs: most + 1 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        let current = 0;
        return {
          run: async (feeds, options) => {
            current += 1;
            const isLost = isFaulty && current > most;
            try {
              const results = await inner.run(feeds, options);
              return isLost ? mapResults(results, () => 0) : results;
            } finally {
              current -= 1;
            }
          },
        };
      }),
    program: async (stage) => {
      const executable = await stage.compile(graph, parametersOf(graph));
      const runs = Array.from({ length: most + 1 }, (_, k) => outcomeOf(executable.run(feedsOf(graph, 2, k))));
      for (const outcome of await Promise.all(runs)) stage.see(outcome);
    },
  };
}
