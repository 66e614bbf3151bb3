import { exposeValues, opNames, type Backend, type Graph, type Inputs, type OpName } from "@isoconv/core-spec";
import {
  correct,
  hostBackend,
  type HostArray,
  type HostKernel,
  type HostKernels,
  wrapBackend,
  wrapExecutable,
} from "@isoconv/conformance/faults";
import { callOf, type Call } from "../draw/call.js";

/** What a backend was asked during one case. */
export interface Trace {
  /** The different calls of each kernel. */
  readonly calls: ReadonlyMap<OpName, readonly Call[]>;
  /** The graphs that were compiled. */
  readonly graphs: readonly Graph[];
  /** The most runs of one executable. */
  readonly runs: number;
  /** The most executables alive at once. */
  readonly live: number;
  /** The number of calls that were refused or aborted. */
  readonly refusals: number;
  /** The number of runs with a signal. */
  readonly signals: number;
}

/** Records what the correct backend is asked, one case after another. */
export interface Recorder {
  /** The correct backend. Several may record at once. */
  create(): Backend;
  /** The trace since the last call. */
  take(): Trace;
}

export function recorder(): Recorder {
  // Cases repeat calls: each is kept once for all traces.
  const known = new Map<string, Call>();
  let now = newRecord();
  const watchCall = (call: Call): void => {
    const key = JSON.stringify(call);
    const kept = known.get(key) ?? call;
    known.set(key, kept);
    const calls = now.calls.get(call.op) ?? new Set();
    now.calls.set(call.op, calls.add(kept));
  };
  return {
    create: () => watchBackend(hostBackend("recorder", { kernels: watchKernels(watchCall) }), () => now),
    take: () => {
      const { calls, graphs, runs, live, refusals, signals } = now;
      now = newRecord();
      return {
        calls: new Map([...calls].map(([op, set]) => [op, [...set]])),
        graphs,
        runs: Math.max(0, ...runs.values()),
        live: live.most,
        refusals,
        signals,
      };
    },
  };
}

interface MutableRecord {
  readonly calls: Map<OpName, Set<Call>>;
  readonly graphs: Graph[];
  /** By executable. */
  readonly runs: Map<object, number>;
  readonly live: { readonly now: Set<object>; most: number };
  refusals: number;
  signals: number;
}

function newRecord(): MutableRecord {
  return { calls: new Map(), graphs: [], runs: new Map(), live: { now: new Set(), most: 0 }, refusals: 0, signals: 0 };
}

function watchKernels(watch: (call: Call) => void): HostKernels {
  return Object.fromEntries(
    opNames.map((op) => {
      const kernel = correct[op] as HostKernel<OpName>;
      const watched: HostKernel<OpName> = (inputs: Inputs<OpName, HostArray>, attrs, site) => {
        watch(callOf(op, inputs, attrs, site.shape));
        return kernel(inputs, attrs, site);
      };
      return [op, watched];
    }),
  ) as HostKernels;
}

function watchBackend(inner: Backend, now: () => MutableRecord): Backend {
  const orRefused = async <T>(task: Promise<T>): Promise<T> => {
    try {
      return await task;
    } catch (error) {
      now().refusals += 1;
      throw error;
    }
  };
  return wrapBackend(inner, {
    compile: async (graph, parameters, options) => {
      const record = now();
      const executable = await orRefused(inner.compile(graph, parameters, options));
      record.graphs.push(exposeValues(graph, options?.taps ?? []));
      record.live.now.add(executable);
      record.live.most = Math.max(record.live.most, record.live.now.size);
      return wrapExecutable(executable, {
        run: (feeds, runOptions) => {
          record.runs.set(executable, (record.runs.get(executable) ?? 0) + 1);
          if (runOptions?.signal !== undefined) record.signals += 1;
          return orRefused(executable.run(feeds, runOptions));
        },
        dispose: () => {
          record.live.now.delete(executable);
          return executable.dispose();
        },
      });
    },
  });
}
