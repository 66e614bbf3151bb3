import { float32, IsoconvError, type Feeds, type Results, type Tensor, type Tensors } from "@isoconv/core-spec";
import type { arrays } from "./arrays.js";
import { nextTask, type Fault } from "./broken-backend.test.support.js";
import type { Breach } from "./faults.test.support.js";

/** Feeds in other tensors. */
const feedsAs = (change: (tensor: Tensor, name: string, feeds: Feeds) => Tensor): Fault => ({
  executable: (real) => ({ run: (feeds, options) => real.run(mapped(feeds, change), options) }),
});

export function mapped(tensors: Tensors, change: (tensor: Tensor, name: string, all: Tensors) => Tensor): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name, tensors)]));
}

/** Large feeds are read when the run starts. */
export const readsLateFrom = (count: number): Fault => ({
  executable: (real) => ({
    run: async (feeds, options) => {
      const isLarge = Object.values(feeds).some(({ data }) => data.length >= count);
      const copies = mapped(feeds, (tensor) => ({ ...tensor, data: tensor.data.slice() }) as Tensor);
      if (isLarge) await nextTask();
      return real.run(isLarge ? feeds : copies, options);
    },
  }),
});

/** The result of a large output is one buffer. */
export const keepsResultsFrom = (count: number): Fault => ({
  executable: (real) => {
    const kept = new Map<string, Results[string]>();
    return {
      run: async (feeds, options) =>
        mapped(await real.run(feeds, options), (tensor, name) => {
          if (tensor.data.length < count) return tensor;
          const buffer = kept.get(name) ?? tensor;
          kept.set(name, buffer);
          buffer.data.set(tensor.data);
          return buffer;
        }),
    };
  },
});

/** Large parameters are read when they are first used. */
export const parametersLateFrom = (count: number): Fault => ({
  executable: (real, owner, { graph, parameters }) => ({
    run: async (feeds, options) =>
      Object.values(parameters).some(({ data }) => data.length >= count)
        ? (await owner.compile(graph, parameters)).run(feeds, options)
        : real.run(feeds, options),
  }),
});

/** The view's buffer is read from its beginning if the offset is not a multiple of `aligned` bytes. */
export const ignoresOffsets = (aligned: number): Fault =>
  feedsAs((tensor) => {
    const { buffer, byteOffset, length } = tensor.data;
    return byteOffset % aligned === 0 ? tensor : float32(tensor.shape, new Float32Array(buffer, 0, length));
  });

/** Uploads are cached by the identity of the array. */
export const cachesByIdentity = (count: number): Fault => {
  const known = new WeakMap<object, Tensor>();
  return feedsAs((tensor) => {
    if (tensor.data.length < count || tensor.dtype !== "float32") return tensor;
    const kept = known.get(tensor.data) ?? { ...tensor, data: tensor.data.slice() };
    known.set(tensor.data, kept);
    return kept.data.length === tensor.data.length ? { ...kept, shape: tensor.shape } : tensor;
  });
};

export const arrayBreaches: Readonly<Record<keyof typeof arrays, Breach>> = {
  "large-arrays-are-copied": {
    fault: () => keepsResultsFrom(2 ** 16),
    says: "the second result when the first is overwritten",
  },
  "views-are-read-where-they-begin": { fault: () => ignoresOffsets(64), says: "the result of views at 4 bytes" },
  "arrays-may-be-reused": { fault: () => cachesByIdentity(1), says: "the result of contents 2" },
  "one-array-for-two-inputs": {
    fault: () =>
      feedsAs((tensor, name, feeds) => {
        const isSecond = Object.entries(feeds).some(([other, { data }]) => other < name && data === tensor.data);
        return isSecond ? float32(tensor.shape) : tensor;
      }),
    says: "one tensor",
  },
  "names-decide-not-positions": {
    fault: () => ({
      executable: (real) => ({
        run: (feeds, options) => {
          const names = real.graph.inputs.map(({ name }) => name);
          const tensors = Object.values(feeds);
          if (tensors.length !== names.length) return real.run(feeds, options);
          return real.run(Object.fromEntries(names.map((name, k) => [name, tensors[k]])), options);
        },
      }),
    }),
    says: "reversed feeds",
  },
  "shared-memory-is-accepted": {
    fault: () =>
      feedsAs((tensor) => {
        if (!(tensor.data.buffer instanceof SharedArrayBuffer)) return tensor;
        throw new IsoconvError("EXECUTION_FAILED", { what: "must not be shared" });
      }),
    says: "must not be shared",
  },
  "other-element-types-are-refused": {
    fault: () =>
      feedsAs((tensor) => {
        const data: unknown = tensor.data;
        return data instanceof Float64Array ? float32(tensor.shape, Float32Array.from(data)) : tensor;
      }),
    says: "a feed as Float64Array: expected rejected with INVALID_DTYPE, got resolved",
  },
};
