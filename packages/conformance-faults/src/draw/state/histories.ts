import { definitionOf, IsoconvError, type Results, type Tensors } from "@isoconv/core-spec";
import { type HostArray, hostBackend, mapElements, wrapExecutables } from "@isoconv/conformance/faults";
import { spoiled } from "../spoiled.js";
import type { Stream } from "../stream.js";
import { mapResults } from "./map-tensors.js";
import { fedExample, feedsOf, line, parametersOf, type Program } from "./stage.js";
import type { StateFault } from "./state.js";

const graph = line();

/** Runs one executable once per batch, with other data each time. */
function inTurn(batches: readonly number[]): Program {
  return async (stage) => {
    const executable = await stage.compile(graph, parametersOf(graph));
    for (const [run, batch] of batches.entries()) await stage.seeRun(executable, feedsOf(graph, batch, run));
  };
}

const repeated = (count: number): Program => inTurn(Array.from({ length: count }, () => 2));

export function accumulates(stream: Stream): StateFault {
  const first = stream.logInteger(2, 40);
  return {
    what: `from run ${first} of an executable on, results are added to those of the run before`,
    needs: { runs: first },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        let runs = 0;
        let last: Results = {};
        return {
          run: async (feeds, options) => {
            const results = await inner.run(feeds, options);
            runs += 1;
            const before = last;
            last = mapResults(results, (value) => value);
            if (!isFaulty || runs < first) return results;
            return mapResults(results, (value, index, name) => value + Number(before[name]?.data[index] ?? 0));
          },
        };
      }),
    program: repeated(first),
  };
}

export function wrongOnce(stream: Stream): StateFault {
  const after = stream.logInteger(1, 40);
  return {
    what: `the first run after ${after} runs of an executable is wrong`,
    needs: { runs: after + 1 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        let runs = 0;
        return {
          run: async (feeds, options) => {
            const results = await inner.run(feeds, options);
            runs += 1;
            return isFaulty && runs === after + 1 ? mapResults(results, () => 0) : results;
          },
        };
      }),
    program: repeated(after + 1),
  };
}

/** The batch of a run: the first extent of its first feed. */
function batchOf(feeds: Tensors): number {
  return Object.values(feeds)[0]?.shape[0] ?? 1;
}

export function batchBuffers(stream: Stream): StateFault {
  const isLargest = stream.chance(0.5);
  const least = stream.logInteger(1, 32);
  return {
    what: isLargest
      ? `after a batch larger by ${least} or more, the last item is the larger batch's`
      : `items from ${least} past the first batch on are zeros`,
    needs: { runs: 2 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        let kept: { readonly batch: number; readonly results: Results } | undefined;
        return {
          run: async (feeds, options) => {
            const results = await inner.run(feeds, options);
            const batch = batchOf(feeds);
            const before = kept;
            if (before === undefined || (isLargest && batch > before.batch)) {
              kept = { batch, results: mapResults(results, (value) => value) };
            }
            if (!isFaulty || before === undefined) return results;
            const start = (data: { readonly length: number }): number =>
              (data.length / batch) * (isLargest ? batch - 1 : before.batch + least - 1);
            if (isLargest && before.batch < batch + least) return results;
            return mapResults(results, (value, index, name) => {
              if (index < start(results[name].data)) return value;
              return isLargest ? Number(before.results[name].data[index]) : 0;
            });
          },
        };
      }),
    program: inTurn(isLargest ? [1, 1 + 2 * least, 1] : [1, 1 + least, 2 + least]),
  };
}

const severalOperands = [
  "conv2d",
  "convTranspose2d",
  "linear",
  "batchNorm",
  "layerNorm",
  "prelu",
  "add",
  "mul",
] as const;

export function remembersOperand(stream: Stream): StateFault {
  const op = stream.pick(severalOperands);
  const [, ...others] = Object.keys(definitionOf(op).inputs);
  const operand = stream.pick(others);
  const fed = fedExample(op);
  return {
    what: `${op} remembers its ${operand} from the first run of an executable`,
    needs: { runs: 2 },
    create: (isFaulty, id) => {
      const known = new WeakMap<object, Map<string, HostArray>>();
      return hostBackend(id, {
        kernels: spoiled(op, (operands, right, _call, { executable, node }) => {
          const value = operands[operand];
          if (!isFaulty || value === undefined || !("data" in value)) return right(operands);
          const byNode = known.get(executable) ?? new Map<string, HostArray>();
          known.set(executable, byNode);
          const first = byNode.get(node) ?? mapElements(value, (element) => element);
          byNode.set(node, first);
          const isSame = first.data.length === value.data.length;
          return right(isSame ? { ...operands, [operand]: first } : operands);
        }),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(fed, {});
      for (const seed of [1, 2]) await stage.seeRun(executable, feedsOf(fed, 2, seed));
    },
  };
}

export function calibratedOnce(stream: Stream): StateFault {
  const op = stream.pick(["relu", "add", "conv2d", "linear", "softmax", "sigmoid", "batchNorm"] as const);
  const fed = fedExample(op);
  return {
    what: `${op} clamps its results at the largest of the first run of an executable`,
    needs: { runs: 2 },
    create: (isFaulty, id) => {
      const limits = new WeakMap<object, Map<string, number>>();
      return hostBackend(id, {
        kernels: spoiled(op, (operands, right, _call, { executable, node }) => {
          const y = right(operands);
          const byNode = limits.get(executable) ?? new Map<string, number>();
          limits.set(executable, byNode);
          const limit = byNode.get(node) ?? y.data.reduce((most, value) => Math.max(most, value), -Infinity);
          byNode.set(node, limit);
          return isFaulty ? mapElements(y, (value) => (value > limit ? limit : value)) : y;
        }),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(fed, {});
      for (let seed = 1; seed <= 6; seed += 1) await stage.seeRun(executable, feedsOf(fed, 2, seed));
    },
  };
}

export function staleAfterFailure(stream: Stream): StateFault {
  const isAbort = stream.chance(0.5);
  const code = isAbort ? "ABORTED" : "INVALID_FEED";
  return {
    what: `the run after ${isAbort ? "an aborted" : "a refused"} one returns the results before it`,
    needs: { runs: 2, refusals: 1, ...(isAbort ? { signals: 1 } : {}) },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        let last: Results | undefined;
        let hasFailed = false;
        return {
          run: async (feeds, options) => {
            try {
              const results = await inner.run(feeds, options);
              const stale = hasFailed ? last : undefined;
              hasFailed = false;
              last = mapResults(results, (value) => value);
              return isFaulty && stale !== undefined ? stale : results;
            } catch (error) {
              hasFailed ||= error instanceof IsoconvError && error.code === code;
              throw error;
            }
          },
        };
      }),
    program: async (stage) => {
      const executable = await stage.compile(graph, parametersOf(graph));
      await stage.seeRun(executable, feedsOf(graph, 2, 1));
      if (isAbort) await stage.seeRun(executable, feedsOf(graph), { signal: AbortSignal.abort() });
      else await stage.seeRun(executable, {});
      await stage.seeRun(executable, feedsOf(graph, 2, 2));
    },
  };
}

const rounding = [
  "batchNorm",
  "layerNorm",
  "lrn",
  "softmax",
  "logSoftmax",
  "mean",
  "avgPool2d",
  "conv2d",
  "linear",
] as const;

export function nondeterministic(stream: Stream): StateFault {
  const op = stream.pick(rounding);
  const every = stream.integer(2, 6);
  const fed = fedExample(op);
  return {
    what: `every ${every}th call of ${op} in an executable rounds its first element another way`,
    needs: { runs: 2 },
    create: (isFaulty, id) => {
      const calls = new WeakMap<object, number>();
      return hostBackend(id, {
        kernels: spoiled(op, (operands, right, _call, { executable }) => {
          const count = (calls.get(executable) ?? 0) + 1;
          calls.set(executable, count);
          const y = right(operands);
          if (!isFaulty || count % every !== 0) return y;
          return mapElements(y, (value, k) => (k === 0 ? value * (1 + 2 ** -23) : value));
        }),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(fed, {});
      for (let run = 0; run < every; run += 1) await stage.seeRun(executable, feedsOf(fed));
    },
  };
}
