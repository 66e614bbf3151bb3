import type { Backend, Executable, MemoryInfo } from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { pipeline, pipelineOps } from "./networks.js";
import { settle } from "./outcome.js";
import type { Contract, Observation, Stage } from "./promise.js";

/** Enough to distinguish a leak from memory that a runtime allocates once. */
const CYCLES = 50;
/** More executables at once than a small counter counts. */
const COUNTED = 65;

/** Contracts about `memory()`. */
export const memory = {
  "memory-counts-parameters": {
    promise: "memory() counts what executables hold, and nothing once everything is disposed",
    ops: pipelineOps,
    async *observe({ fresh, fill }) {
      const { graph, parameters } = fill(pipeline());
      const backend = await fresh();
      const others: Executable[] = [];
      const empty = backend.memory();
      yield {
        what: "memory() of a fresh backend",
        expected: "two counts",
        got: areCounts(empty) ? "two counts" : textOf(empty),
      };
      const executable = await backend.compile(graph, parameters);
      const held = backend.memory();
      const grows = held.buffers > empty.buffers && held.bytes > empty.bytes;
      const got = grows ? MORE : `${textOf(held)} after ${textOf(empty)}`;
      yield { what: "memory() with an executable", expected: MORE, got };
      for (let count = 2; count <= COUNTED; count += 1) {
        const before = backend.memory();
        others.push(await backend.compile(graph, parameters));
        const after = backend.memory();
        const grew = after.buffers > before.buffers && after.bytes > before.bytes;
        yield {
          what: `memory() with ${count} executables`,
          expected: MORE,
          got: grew ? MORE : `${textOf(after)} after ${textOf(before)}`,
        };
      }
      for (const other of others) await other.dispose();
      await executable.dispose();
      yield unchanged("memory() after the executable's disposal", empty, backend);
    },
  },
  "cycles-leak-nothing": {
    promise: `${CYCLES} cycles of compile, run and dispose leave memory() as it was`,
    ops: pipelineOps,
    async *observe({ fresh, fill }) {
      const network = fill(pipeline());
      const backend = await fresh();
      const before = backend.memory();
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const executable = await backend.compile(network.graph, network.parameters);
        await executable.run(network.feeds);
        await executable.dispose();
      }
      yield unchanged(`memory() after ${CYCLES} cycles`, before, backend);
    },
  },
  "runs-leak-nothing": {
    promise: `${CYCLES} runs of one executable leave memory() as it was after the first`,
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, network } = await freshBackend(stage);
      const executable = await backend.compile(network.graph, network.parameters);
      await executable.run(network.feeds);
      const before = backend.memory();
      for (let run = 0; run < CYCLES; run += 1) await executable.run(network.feeds);
      yield unchanged(`memory() after ${CYCLES} runs`, before, backend);
    },
  },
  "failures-leak-nothing": {
    promise: "Refused compilations, refused runs and aborted runs leave memory() as it was",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, network } = await freshBackend(stage);
      const { graph, parameters, feeds } = network;
      const empty = backend.memory();
      const { "fc.bias": _left, ...tooFew } = parameters;
      const compilation = await settle(backend.compile(graph, tooFew));
      yield { what: "compile with a parameter missing", expected: "rejected with INVALID_WEIGHTS", got: compilation };
      yield unchanged("memory() after a refused compilation", empty, backend);
      const executable = await backend.compile(graph, parameters);
      await executable.run(feeds);
      const before = backend.memory();
      yield {
        what: "run without feeds",
        expected: "rejected with INVALID_FEED",
        got: await settle(executable.run({})),
      };
      yield unchanged("memory() after a refused run", before, backend);
      const controller = new AbortController();
      const aborted = settle(executable.run(feeds, { signal: controller.signal }));
      controller.abort();
      await aborted;
      // The aborted run may still be finishing; the next run starts after it.
      await executable.run(feeds);
      yield unchanged("memory() after an aborted run", before, backend);
    },
  },
  "disposal-frees-everything": {
    promise: "Disposing a backend frees what its executables held",
    ops: pipelineOps,
    async *observe(stage) {
      const { backend, network } = await freshBackend(stage);
      const before = backend.memory();
      for (let count = 0; count < 3; count += 1) {
        const executable = await backend.compile(network.graph, network.parameters);
        await executable.run(network.feeds);
      }
      await backend.dispose();
      yield unchanged("memory() after the backend's disposal", before, backend);
    },
  },
} satisfies Record<string, Contract>;

const MORE = "more buffers and bytes than before";

async function freshBackend({ fresh, fill }: Stage): Promise<{ backend: Backend; network: FilledNetwork }> {
  return { backend: await fresh(), network: fill(pipeline()) };
}

export function unchanged(what: string, before: MemoryInfo, backend: Backend): Observation {
  return { what, expected: textOf(before), got: textOf(backend.memory()) };
}

function textOf({ buffers, bytes }: MemoryInfo): string {
  return `${buffers} buffers, ${bytes} bytes`;
}

function areCounts({ buffers, bytes }: MemoryInfo): boolean {
  return [buffers, bytes].every((count) => Number.isSafeInteger(count) && count >= 0);
}
