import {
  float32,
  opNames,
  type Backend,
  type Executable,
  graphBuilder,
  type Feeds,
  type Shape,
} from "@isoconv/core-spec";
import { exampleNetwork, type NetworkSpec, oneOpNetwork } from "@isoconv/judge";
import { misshapen } from "../history/misshapen.js";
import { changeSince, snapshot } from "./bits.js";
import { unchanged } from "./memory.js";
import { settle } from "./outcome.js";
import type { Contract, Observation, Stage } from "./promise.js";
import { supports } from "./weights.js";

const BATCHES = [1, 33, 2, 1];
const REPEATS = 3;
/** More operands than a kernel binds at once. */
const OPERANDS = 17;
/** Elements of the parameter whose bytes are counted. */
const COUNTED = 2 ** 16;
/** Half precision, which is the smallest storage. */
const FEWEST_BYTES = 2;
/** The parameter in two layouts, and in the copies that a runtime keeps of them. */
const MOST_BYTES = 16;

/** Contracts of the interface that every operation's kernel can break. */
export const everyOp = {
  "every-op-is-deterministic": {
    promise: "Every operation gives the same bits for the same feeds, in every run and executable",
    ops: [],
    async *observe(stage) {
      const { fill } = stage;
      for (const network of examplesOf(stage)) {
        const filled = fill({ ...network, batch: 3 });
        const [executable, other] = [await stage.compile(filled), await stage.compile(filled)];
        const first = snapshot(await executable.run(filled.feeds));
        for (let run = 2; run <= REPEATS; run += 1) {
          const got = changeSince(first, await executable.run(filled.feeds));
          yield { what: `${network.graph.name}: result ${run} beside the first`, expected: "unchanged", got };
        }
        const got = changeSince(first, await other.run(filled.feeds));
        yield { what: `${network.graph.name}: another executable's result`, expected: "unchanged", got };
        await Promise.all([executable.dispose(), other.dispose()]);
      }
    },
  },
  "every-op-leaks-nothing": {
    promise: "Runs of several batches, refused runs and aborted runs of every operation leave memory() as it was",
    ops: [],
    async *observe(stage) {
      const backend = await stage.fresh();
      for (const network of examplesOf(stage)) yield* leaksNothing(stage, backend, network);
    },
  },
  "memory-counts-bytes": {
    promise: `memory() counts bytes: ${FEWEST_BYTES} to ${MOST_BYTES} for each element of a parameter`,
    ops: ["add"],
    async *observe({ fresh, fill }) {
      const backend = await fresh();
      for (const count of FEW) {
        const { graph, parameters } = fill(counted(count));
        const before = backend.memory().bytes;
        await backend.compile(graph, parameters);
        const bytes = backend.memory().bytes - before;
        const got = bytes >= FEWEST_BYTES * count ? "as many bytes or more" : `${bytes} bytes`;
        yield { what: `memory() with ${count} elements more`, expected: "as many bytes or more", got };
      }
      const { graph, parameters, feeds } = fill(counted(COUNTED));
      const before = backend.memory().bytes;
      const executable = await backend.compile(graph, parameters);
      for (const when of ["compilation", "a run"]) {
        const bytes = (backend.memory().bytes - before) / COUNTED;
        const got = bytes >= FEWEST_BYTES && bytes <= MOST_BYTES ? PLAUSIBLE : `${bytes} bytes an element`;
        yield { what: `memory() after ${when}`, expected: PLAUSIBLE, got };
        await executable.run(feeds);
      }
      await executable.dispose();
    },
  },
} satisfies Record<string, Contract>;

const PLAUSIBLE = `${FEWEST_BYTES} to ${MOST_BYTES} bytes an element`;

/** Few enough elements that a count in larger units than bytes does not see them. */
const FEW = [1, 3, 7];

/** A network whose parameter has `count` elements. */
function counted(count: number): NetworkSpec {
  const g = graphBuilder("counted");
  const sum = g.add({ a: g.input("x", ["N", count]), b: g.parameter("offset", [count]) });
  return { graph: g.build({ sum }), batch: 1, seed: 1, fills: {} };
}

/** The example of every operation that the backend supports, and a concatenation of many operands. */
function* examplesOf(stage: Stage): Generator<NetworkSpec> {
  for (const op of opNames.filter((each) => supports(stage, each))) yield exampleNetwork(op, op);
  const shapes = Array.from({ length: OPERANDS }, (_, k): Shape => ["N", 1 + (k % 3), 2]);
  if (supports(stage, "concat")) yield oneOpNetwork(`concat-of-${OPERANDS}`, "concat", { xs: shapes }, { axis: 1 });
}

async function* leaksNothing({ fill }: Stage, backend: Backend, network: NetworkSpec): AsyncGenerator<Observation> {
  const { name } = network.graph;
  const { graph, parameters, feeds } = fill(network);
  const before = backend.memory();
  const extra = { ...parameters, "no such parameter": float32([1]) };
  const refusal = await settle(backend.compile(graph, extra));
  yield { what: `${name}: compile with a parameter too many`, expected: "rejected with INVALID_WEIGHTS", got: refusal };
  yield unchanged(`memory() after a refused compilation of ${name}`, before, backend);
  const executable = await backend.compile(graph, parameters);
  await executable.run(feeds);
  const held = backend.memory();
  for (const batch of BATCHES) await executable.run(fill({ ...network, batch }).feeds);
  await executable.run(feeds);
  yield unchanged(`memory() after runs of ${name} with batches ${BATCHES.join(", ")}`, held, backend);
  const refused = await settle(executable.run(misshapen(feeds)));
  yield { what: `${name}: a run with a misshapen feed`, expected: "rejected with INVALID_FEED", got: refused };
  yield unchanged(`memory() after a refused run of ${name}`, held, backend);
  await abortOnce(executable, feeds);
  yield unchanged(`memory() after an aborted run of ${name}`, held, backend);
  await executable.dispose();
  yield unchanged(`memory() after the disposal of ${name}`, before, backend);
}

/** The aborted run may still be finishing; the run after it starts later. */
async function abortOnce(executable: Executable, feeds: Feeds): Promise<void> {
  const controller = new AbortController();
  const aborted = settle(executable.run(feeds, { signal: controller.signal }));
  controller.abort();
  await aborted;
  await executable.run(feeds);
}
