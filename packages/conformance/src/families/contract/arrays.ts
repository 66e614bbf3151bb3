import { elementCount, float32, type Tensor, type Tensors, type TensorOf } from "@isoconv/core-spec";
import type { FilledNetwork, NetworkSpec } from "@isoconv/judge";
import { changeSince, snapshot } from "./bits.js";
import { large, largeOps, largeWeights, pipeline, pipelineOps, sums } from "./networks.js";
import { settle } from "./outcome.js";
import { copyOf, overwrite } from "./ownership.js";
import type { Contract, Observation, Stage } from "./promise.js";

/** A number that no lattice network computes. */
const POISON = 12345;
/** 64 KiB, 1 MiB and 4 MiB, where runtimes stop copying, and a remainder. */
const LARGE_COUNTS = [2 ** 14 + 1, 2 ** 18 + 3, 2 ** 20 + 5];
/** In elements: odd multiples of four bytes, and a cache line. */
const OFFSETS = [1, 3, 5, 16];

/** Contracts about the arrays that a caller passes: large, views, reused, shared, in any order, of the wrong kind. */
export const arrays = {
  "large-arrays-are-copied": {
    promise: "Large feeds, parameters and results are copied like small ones",
    ops: largeOps,
    async *observe({ compile, fill, judge }) {
      for (const spec of [...LARGE_COUNTS.map(large), largeWeights()]) {
        const network = fill(spec);
        const { name } = network.graph;
        const parameters = copyOf(network.parameters);
        const executable = await compile({ ...network, parameters });
        overwrite(parameters, POISON);
        const feeds = copyOf(network.feeds);
        const run = executable.run(feeds);
        overwrite(feeds, POISON);
        const first = await run;
        const second = await executable.run(network.feeds);
        yield await judge(`${name}: the first result`, network, first);
        const [right, given] = [snapshot(first), snapshot(network.feeds)];
        overwrite(first, POISON);
        const unchanged = { expected: "unchanged" } as const;
        yield {
          what: `${name}: the second result when the first is overwritten`,
          ...unchanged,
          got: changeSince(right, second),
        };
        yield { what: `${name}: the feeds`, ...unchanged, got: changeSince(given, network.feeds) };
        const third = await executable.run(network.feeds);
        yield { what: `${name}: the third result`, ...unchanged, got: changeSince(right, third) };
        overwrite(second, POISON);
        yield { what: `${name}: the third, later`, ...unchanged, got: changeSince(right, third) };
        await executable.dispose();
      }
    },
  },
  "views-are-read-where-they-begin": {
    promise: "Feeds and parameters may be views into larger buffers, several into one, and the rest is left alone",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      for (const offset of OFFSETS) {
        const network = fill(pipeline());
        const parameters = inOneBuffer(network.parameters, offset, heap);
        const executable = await compile({ ...network, parameters: parameters.tensors });
        const feeds = inOneBuffer(network.feeds, offset, heap);
        const before = snapshot({ parameters: parameters.whole, feeds: feeds.whole });
        yield await judge(`the result of views at ${4 * offset} bytes`, network, await executable.run(feeds.tensors));
        const got = changeSince(before, { parameters: parameters.whole, feeds: feeds.whole });
        yield { what: `the buffers around views at ${4 * offset} bytes`, expected: "unchanged", got };
      }
    },
  },
  "arrays-may-be-reused": {
    promise: "An array with new contents is a new feed, and a new parameter for the next compilation, at any size",
    ops: [...pipelineOps, ...largeOps],
    async *observe(stage) {
      yield* observeReuse(stage, (seed) => pipeline({ seed }), { feeds: [1, 2, 3, 1], parameters: [2, 3] });
      for (const count of LARGE_COUNTS.slice(0, 2)) {
        yield* observeReuse(stage, (seed) => large(count, seed), { feeds: [1, 2], parameters: [2] });
      }
    },
  },
  "one-array-for-two-inputs": {
    promise: "One tensor, or two over one array, may be fed to two inputs",
    ops: ["add", "mul"],
    async *observe({ compile, fill, judge }) {
      const network = fill(sums());
      const executable = await compile(network);
      const { a, b } = network.feeds;
      if (a === undefined || b === undefined) return;
      const ways: readonly (readonly [string, Tensors])[] = [
        ["one tensor", { a, b: a }],
        ["one array", { a, b: { ...a } }],
        ["two arrays", { a, b }],
        ["the other tensor", { a: b, b }],
      ];
      for (const [what, feeds] of ways) yield await judge(what, { ...network, feeds }, await executable.run(feeds));
    },
  },
  "names-decide-not-positions": {
    promise: "Feeds and parameters are taken by name, in any order and from any plain object",
    ops: [...pipelineOps, "add", "mul"],
    async *observe({ compile, fill, judge }) {
      for (const network of [fill(sums()), fill(pipeline())]) {
        const { feeds, parameters } = network;
        const reversed = await compile({ ...network, parameters: inReverse(parameters) });
        yield await judge("reversed parameters", network, await reversed.run(feeds));
        yield await judge("reversed feeds", network, await reversed.run(inReverse(feeds)));
        yield await judge("feeds in order again", network, await reversed.run(feeds));
        const bare = await compile({ ...network, parameters: withoutPrototype(parameters) });
        yield await judge("objects without a prototype", network, await bare.run(withoutPrototype(feeds)));
      }
    },
  },
  "shared-memory-is-accepted": {
    promise: "Feeds and parameters may lie in shared memory, and are copied out of it",
    ops: pipelineOps,
    async *observe({ compile, fill, judge }) {
      // Denied to pages that are not cross-origin isolated.
      if (typeof SharedArrayBuffer === "undefined") return;
      const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
      const network = fill(pipeline());
      const parameters = inOneBuffer(network.parameters, 1, shared).tensors;
      const executable = await compile({ ...network, parameters });
      overwrite(parameters, POISON);
      const feeds = inOneBuffer(network.feeds, 1, shared).tensors;
      const runs = [executable.run(feeds), executable.run(feeds)];
      overwrite(feeds, POISON);
      for (const [k, run] of runs.entries()) yield await judge(`result ${k + 1} of 2`, network, await run);
    },
  },
  "other-element-types-are-refused": {
    promise: "Arrays of other element types are refused with INVALID_DTYPE, and the next call works",
    ops: pipelineOps,
    async *observe(stage) {
      const network = stage.fill(pipeline());
      const executable = await stage.compile(network);
      for (const [kind, convert] of Object.entries(otherArrays)) {
        const feeds = convertAll(network.feeds, convert);
        yield { what: `a feed as ${kind}`, expected: REFUSED, got: await settle(executable.run(feeds)) };
        yield await stage.judge(`the result after a feed as ${kind}`, network, await executable.run(network.feeds));
        const parameters = convertAll(network.parameters, convert);
        const got = await settle(stage.compile({ ...network, parameters }));
        yield { what: `a parameter as ${kind}`, expected: REFUSED, got };
        yield* worksAfter(stage, `a parameter as ${kind}`, network);
      }
    },
  },
} satisfies Record<string, Contract>;

/** Runs and compiles a network again and again with the same arrays and the contents of other seeds. */
async function* observeReuse(
  { compile, fill, judge }: Stage,
  specOf: (seed: number) => NetworkSpec,
  seeds: Readonly<Record<"feeds" | "parameters", readonly number[]>>,
): AsyncGenerator<Observation> {
  const network = fill(specOf(1));
  const { name } = network.graph;
  const { feeds, parameters } = { feeds: copyOf(network.feeds), parameters: copyOf(network.parameters) };
  const executable = await compile({ ...network, parameters });
  for (const seed of seeds.feeds) {
    const own = { ...network, feeds: fill(specOf(seed)).feeds };
    copyInto(feeds, own.feeds);
    yield await judge(`${name}: the result of contents ${seed}`, own, await executable.run(feeds));
  }
  for (const seed of seeds.parameters) {
    const own = fill(specOf(seed));
    copyInto(parameters, own.parameters);
    const later = await compile({ ...own, parameters });
    copyInto(feeds, own.feeds);
    yield await judge(`${name}: the result of parameters ${seed}`, own, await later.run(feeds));
  }
  yield await judge(`${name}: the result of the first compilation`, network, await executable.run(network.feeds));
}

const REFUSED = "rejected with INVALID_DTYPE";

async function* worksAfter(
  { compile, judge }: Stage,
  what: string,
  network: FilledNetwork,
): AsyncGenerator<Observation> {
  const executable = await compile(network);
  yield await judge(`the result of a compilation after ${what}`, network, await executable.run(network.feeds));
}

const heap = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);

/** Copies of the tensors as views into one buffer, `gap` elements before each, with poison between them. */
function inOneBuffer(
  tensors: Tensors,
  gap: number,
  allocate: (bytes: number) => ArrayBufferLike,
): { readonly tensors: Tensors; readonly whole: TensorOf<"float32"> } {
  const count = Object.values(tensors).reduce((sum, { shape }) => sum + gap + elementCount(shape), gap);
  const whole = new Float32Array(allocate(4 * count)).fill(POISON);
  let next = 0;
  const views = Object.entries(tensors).map(([name, { shape, data }]): [string, Tensor] => {
    next += gap;
    const view = whole.subarray(next, next + data.length);
    view.set(data);
    next += data.length;
    return [name, { dtype: "float32", shape, data: view }];
  });
  return { tensors: Object.fromEntries(views), whole: float32([count], whole) };
}

function copyInto(targets: Tensors, sources: Tensors): void {
  for (const [name, { data }] of Object.entries(sources)) targets[name]?.data.set(data);
}

function inReverse(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).toReversed());
}

function withoutPrototype(tensors: Tensors): Tensors {
  const bare: Record<string, Tensor> = { ...tensors };
  Object.setPrototypeOf(bare, null);
  return bare;
}

/** Plain JavaScript can pass these; TypeScript's types exclude them. */
const otherArrays: Readonly<Record<string, (data: ArrayLike<number>) => unknown>> = {
  Float64Array: (data) => Float64Array.from(data),
  Int32Array: (data) => Int32Array.from(data),
  Uint8Array: (data) => new Uint8Array(Float32Array.from(data).buffer),
  "a plain array": (data) => Array.from(data),
};

function convertAll(tensors: Tensors, convert: (data: ArrayLike<number>) => unknown): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, { ...tensor, data: convert(tensor.data) } as Tensor]),
  );
}
