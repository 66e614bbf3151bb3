import { graphFromJson, graphToJson, opNames, type Backend, type MemoryInfo } from "@isoconv/core-spec";
import { hostBackend, hostMemory, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import { spoiled } from "../spoiled.js";
import type { Stream } from "../stream.js";
import { exampleOf, feedsOf, line, parametersOf, type Stage } from "./stage.js";
import type { StateFault } from "./state.js";

const graph = line();

/** The backend with buffers that stay allocated added to its account. */
function leaking(inner: Backend, leaks: () => number): Backend {
  return wrapBackend(inner, {
    memory: () => {
      const { buffers, bytes } = inner.memory();
      return { buffers: buffers + leaks(), bytes: bytes + 64 * leaks() };
    },
  });
}

const occasions = ["refused run", "refused graph", "change of the batch", "run", "compilation", "aborted run"] as const;

export function leaks(stream: Stream): StateFault {
  const occasion = stream.pick(occasions);
  const first = stream.logInteger(1, 16);
  const isCompile = occasion === "refused graph" || occasion === "compilation";
  return {
    what: `a buffer leaks at every ${occasion}${first === 1 ? "" : ` from number ${first} on`}`,
    needs: isCompile ? {} : { runs: occasion === "change of the batch" ? first + 1 : first },
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      let count = 0;
      const happened = (what: (typeof occasions)[number]): void => {
        if (isFaulty && what === occasion) count += 1;
      };
      const watched = wrapExecutables(inner, (executable) => {
        let batch: number | undefined;
        return {
          run: async (feeds, options) => {
            try {
              const results = await executable.run(feeds, options);
              const now = Object.values(feeds)[0]?.shape[0];
              if (batch !== undefined && batch !== now) happened("change of the batch");
              batch = now;
              happened("run");
              return results;
            } catch (error) {
              happened(options?.signal?.aborted === true ? "aborted run" : "refused run");
              throw error;
            }
          },
        };
      });
      const counted = wrapBackend(watched, {
        compile: async (source, parameters, options) => {
          try {
            const executable = await watched.compile(source, parameters, options);
            happened("compilation");
            return executable;
          } catch (error) {
            happened("refused graph");
            throw error;
          }
        },
      });
      return leaking(counted, () => Math.max(0, count - first + 1));
    },
    program: async (stage) => {
      const executable = await stage.compile(graph, parametersOf(graph));
      for (let k = 0; k <= first; k += 1) {
        if (occasion === "compilation") await (await stage.compile(graph, parametersOf(graph))).dispose();
        else if (occasion === "refused graph") await refused(stage);
        else if (occasion === "refused run") await stage.seeRun(executable, {});
        else if (occasion === "aborted run")
          await stage.seeRun(executable, feedsOf(graph), { signal: AbortSignal.abort() });
        else await stage.seeRun(executable, feedsOf(graph, occasion === "run" ? 2 : 1 + (k % 2)));
      }
      stage.seeMemory();
    },
  };
}

async function refused(stage: Stage): Promise<void> {
  try {
    await stage.compile(graph, {});
  } catch {
    stage.see("refused");
  }
}

export function leakOfOperation(stream: Stream): StateFault {
  const op = stream.pick(opNames);
  const example = exampleOf(op);
  return {
    what: `every call of ${op} leaks a buffer`,
    needs: { runs: 1 },
    create: (isFaulty, id) => {
      const memory = hostMemory();
      return hostBackend(id, {
        memory,
        kernels: spoiled(op, (operands, right) => {
          const y = right(operands);
          if (isFaulty) memory.enter({ shape: y.shape, data: y.data.slice() });
          return y;
        }),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(example, parametersOf(example));
      await stage.seeRun(executable, feedsOf(example));
      stage.seeMemory();
    },
  };
}

export function wrongAccount(stream: Stream): StateFault {
  const most = stream.logInteger(2, 64);
  const least = stream.logInteger(1, 256);
  const [what, account] = stream.pick([
    ["memory() counts elements for bytes", ({ buffers, bytes }: MemoryInfo) => ({ buffers, bytes: bytes / 4 })],
    [
      `memory() counts at most ${most} buffers`,
      ({ buffers, bytes }: MemoryInfo) => ({ buffers: Math.min(buffers, most), bytes }),
    ],
    [
      `memory() rounds bytes down to a multiple of ${4 * least}`,
      ({ buffers, bytes }: MemoryInfo) => ({ buffers, bytes: Math.floor(bytes / (4 * least)) * 4 * least }),
    ],
  ] as const);
  return {
    what,
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      return wrapBackend(inner, { memory: () => (isFaulty ? account(inner.memory()) : inner.memory()) });
    },
    program: async (stage) => {
      for (let k = 0; k < most; k += 1) await stage.compile(graph, parametersOf(graph));
      stage.seeMemory();
    },
  };
}

export function countSaturates(stream: Stream): StateFault {
  const most = stream.logInteger(2, 64);
  const many = manyReaders(most + 1);
  return {
    what: `a feed with more than ${most} readers is never freed: its reference count saturates`,
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      let count = 0;
      const watched = wrapExecutables(inner, (executable, source) => {
        const readers = new Map<string, number>();
        for (const node of source.graph.nodes) {
          for (const name of Object.values(node.inputs).flat()) {
            if (typeof name === "string") readers.set(name, (readers.get(name) ?? 0) + 1);
          }
        }
        const leaked = source.graph.inputs.filter(({ name }) => (readers.get(name) ?? 0) > most).length;
        return {
          run: async (feeds, options) => {
            const results = await executable.run(feeds, options);
            if (isFaulty) count += leaked;
            return results;
          },
        };
      });
      return leaking(watched, () => count);
    },
    program: async (stage) => {
      const executable = await stage.compile(many, {});
      await executable.run(feedsOf(many));
      stage.seeMemory();
    },
  };
}

/** A graph whose feed has that many readers. */
function manyReaders(count: number): typeof graph {
  const nodes = Array.from({ length: count }, (_, k) => ({ op: "relu", name: `r${k}`, inputs: { x: "x" }, attrs: {} }));
  return graphFromJson({
    ...graphToJson(graph),
    name: "many-readers",
    inputs: [{ name: "x", shape: ["N", 2] }],
    parameters: [],
    nodes,
    outputs: nodes.map(({ name }) => ({ name, value: name })),
  });
}
