import type { Tensors } from "@isoconv/core-spec";
import {
  conv2d,
  conv2dWith,
  type Dot,
  exactDot,
  executableFault,
  faultOf,
  type HostArray,
  hostMemory,
  mapElements,
  sequentialDot,
} from "@isoconv/conformance/faults";

export const staleAccumulator = faultOf(
  {
    name: "stale-accumulator",
    bug: "conv2d adds to the result of the last run: the output buffer is reused without being cleared.",
    killedBy: ["contract", "trap"],
    ops: ["conv2d"],
  },
  () => {
    const buffers = new Map<string, HostArray>();
    return {
      kernels: {
        conv2d: (inputs, attrs, site) => {
          const y = conv2d(inputs, attrs, site);
          const key = `${site.node} ${site.shape.join()} ${y.data.length} ${inputs.w.data.join()}`;
          const last = buffers.get(key);
          const sum = last === undefined ? y : mapElements(y, (value, k) => value + last.data[k]);
          buffers.set(key, sum);
          return mapElements(sum, (value) => value);
        },
      },
    };
  },
);

export const staleResult = executableFault(
  {
    name: "stale-result",
    bug: "A second run with feeds of the same shapes returns the first run's results: a captured graph does not get the new inputs.",
    killedBy: ["contract", "relation"],
    ops: [],
  },
  (inner) => {
    const known = new Map<string, Tensors>();
    return {
      run: async (feeds, options) => {
        const fresh = await inner.run(feeds, options);
        const key = Object.values(feeds)
          .map(({ shape }) => shape.join("×"))
          .join();
        const results = known.get(key) ?? fresh;
        known.set(key, results);
        return copies(results);
      },
    };
  },
);

function copies(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [
      name,
      tensor.dtype === "float32" ? { ...tensor, data: tensor.data.slice() } : tensor,
    ]),
  );
}

/** One in so many elements is wrong. */
const RARE = 10_000;

export const rareWrongElement = faultOf(
  {
    name: "rare-wrong-element",
    bug: "One element of conv2d in 10⁴ has the value of its neighbour plus 1: a race between two stores.",
    killedBy: ["matrix", "exact", "property", "model"],
    ops: ["conv2d"],
  },
  () => {
    let stored = 0;
    return {
      kernels: {
        conv2d: (inputs, attrs, site) => {
          const y = conv2d(inputs, attrs, site);
          return mapElements(y, (value, k) => {
            stored += 1;
            return stored % RARE === 0 ? y.data[(k + 1) % y.data.length] + 1 : value;
          });
        },
      },
    };
  },
);

export const nondeterministicSum = faultOf(
  {
    name: "nondeterministic-sum",
    bug: "conv2d adds in another order in every run, like atomic additions on a GPU. Results are within the bound, but their bits differ.",
    killedBy: ["contract"],
    ops: ["conv2d"],
  },
  () => {
    let call = 0;
    return {
      kernels: {
        conv2d: (inputs, attrs, site) => {
          call += 1;
          return conv2dWith(rotated(call))(inputs, attrs, site);
        },
      },
    };
  },
);

/** A float32 sum that starts at term `by`. */
function rotated(by: number): Dot {
  return (x, w, length, bias) => {
    const turn = (data: Float32Array): Float32Array => {
      const terms = data.subarray(0, length);
      return Float32Array.from(terms, (_, k) => terms[(k + by) % length]);
    };
    return sequentialDot(turn(x), turn(w), length, bias);
  };
}

export const oddBatchTail = faultOf(
  {
    name: "odd-batch-tail",
    bug: "conv2d returns zeros for the last image of an odd batch above 1: it processes images in pairs.",
    killedBy: ["relation", "trap", "contract", "matrix"],
    ops: ["conv2d"],
  },
  () => ({
    kernels: {
      conv2d: (inputs, attrs, site) => {
        const y = conv2dWith(exactDot)(inputs, attrs, site);
        const [batch] = y.shape;
        if (batch === 1 || batch % 2 === 0) return y;
        const whole = (y.data.length / batch) * (batch - 1);
        return mapElements(y, (value, k) => (k < whole ? value : 0));
      },
    },
  }),
);

export const leakPerRun = faultOf(
  {
    name: "leak-per-run",
    bug: "The staging buffer of every download stays allocated: mapped buffers are not destroyed.",
    killedBy: ["contract"],
    ops: [],
  },
  () => {
    const memory = hostMemory();
    return {
      memory: {
        ...memory,
        download: async (value, shape) => {
          memory.enter({ shape, data: value.data.slice() });
          return memory.download(value, shape);
        },
      },
    };
  },
);

export const leakPerCompile = faultOf(
  {
    name: "leak-per-compile",
    bug: "Each compilation keeps a packed copy of every parameter, and dispose does not free it.",
    killedBy: ["contract"],
    ops: [],
  },
  () => {
    const memory = hostMemory();
    return {
      memory: {
        ...memory,
        layoutsFor: () => () => "packed",
        upload: (tensor, layout) => {
          if (layout !== undefined) memory.enter({ shape: tensor.shape, data: tensor.data.slice() });
          return memory.upload(tensor, layout);
        },
      },
    };
  },
);

export const resultsShareMemory = faultOf(
  {
    name: "results-share-memory",
    bug: "Results are views of the runtime's output buffer, which the next run overwrites: the WASM heap is not copied.",
    killedBy: ["contract"],
    ops: [],
  },
  () => {
    const memory = hostMemory();
    const buffers = new Map<string, Float32Array>();
    return {
      memory: {
        ...memory,
        download: async ({ data }, shape) => {
          const key = shape.join("×");
          const buffer = buffers.get(key) ?? new Float32Array(data.length);
          buffers.set(key, buffer);
          buffer.set(data);
          return { dtype: "float32", shape, data: buffer };
        },
      },
    };
  },
);

export const parametersNotCopied = faultOf(
  {
    name: "parameters-not-copied",
    bug: "The compiled graph computes with the caller's arrays of parameters: a later change of an array changes the results.",
    killedBy: ["contract"],
    ops: [],
  },
  () => {
    const memory = hostMemory();
    return {
      memory: { ...memory, upload: ({ shape, data }) => memory.enter({ shape, data }) },
      passes: [],
    };
  },
);

export const mutatedFeeds = executableFault(
  {
    name: "mutated-feeds",
    bug: "A run writes into the caller's feeds: an in-place kernel works on an input that was not copied.",
    killedBy: ["contract"],
    ops: [],
  },
  (inner) => ({
    run: async (feeds, options) => {
      const results = await inner.run(feeds, options);
      for (const { data } of Object.values(feeds)) if (data.length > 0) data[0] = 0;
      return results;
    },
  }),
);
