import {
  float32,
  graphBuilder,
  type Feeds,
  type Results,
  type Tensor,
  type TensorOf,
  type Tensors,
} from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { copyTensors, mapResults, mapTensors } from "./map-tensors.js";
import { feedsOf, line, parametersOf } from "./stage.js";
import type { StateFault } from "./state.js";

const graph = line();

/** What a cache takes for the identity of an array. */
const identities = [
  ["array", (tensor: Tensor): object => tensor.data],
  ["buffer", (tensor: Tensor): object => tensor.data.buffer],
  ["tensor", (tensor: Tensor): object => tensor],
] as const;

export function cachedByFeed(stream: Stream): StateFault {
  const [what, keyOf] = stream.pick(identities);
  return {
    what: `results are cached by the identity of the first feed's ${what}`,
    needs: { runs: 2 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        const known = new WeakMap<object, Results>();
        return {
          run: async (feeds, options) => {
            const [first] = Object.values(feeds);
            const isTensor = first?.data instanceof Float32Array;
            const hit = isTensor ? known.get(keyOf(first)) : undefined;
            const results = await inner.run(feeds, options);
            if (isTensor && hit === undefined)
              known.set(
                keyOf(first),
                mapResults(results, (value) => value),
              );
            return isFaulty && hit !== undefined ? mapResults(hit, (value) => value) : results;
          },
        };
      }),
    program: async (stage) => {
      const executable = await stage.compile(graph, parametersOf(graph));
      const feeds = feedsOf(graph);
      await stage.seeRun(executable, feeds);
      feeds["x"]?.data.fill(3);
      await stage.seeRun(executable, feeds);
    },
  };
}

export function cachedByParameter(stream: Stream): StateFault {
  const [what, keyOf] = stream.pick(identities);
  const least = stream.logInteger(1, 4096);
  const wide = line("wide", least);
  return {
    what: `parameters of ${least} elements or more are cached by the identity of their ${what}`,
    create: (isFaulty, id) => {
      const known = new WeakMap<object, Float32Array>();
      const inner = hostBackend(id);
      const recall = (tensor: TensorOf<"float32">): Tensor => {
        if (tensor.data.length < least) return tensor;
        const kept = known.get(keyOf(tensor)) ?? tensor.data.slice();
        known.set(keyOf(tensor), kept);
        return isFaulty && kept.length === tensor.data.length ? { ...tensor, data: kept } : tensor;
      };
      return wrapBackend(inner, {
        compile: (source, parameters, options) => inner.compile(source, mapTensors(parameters, recall), options),
      });
    },
    program: async (stage) => {
      const parameters = parametersOf(wide);
      await stage.seeRun(await stage.compile(wide, parameters), feedsOf(wide));
      parameters["w"]?.data.fill(0.5);
      await stage.seeRun(await stage.compile(wide, parameters), feedsOf(wide));
    },
  };
}

/** The tensors as views that start later in a larger buffer. */
function asViews(tensors: Tensors, offset: number): Tensors {
  return mapTensors(tensors, (tensor) => {
    const whole = new Float32Array(tensor.data.length + offset + 1).fill(9);
    whole.set(tensor.data, offset);
    return { ...tensor, data: whole.subarray(offset, offset + tensor.data.length) };
  });
}

const fromStart = (tensors: Tensors): Tensors =>
  mapTensors(tensors, (tensor) => ({
    ...tensor,
    data: new Float32Array(tensor.data.buffer, 0, tensor.data.length),
  }));

export function offsetIgnored(stream: Stream): StateFault {
  const offset = stream.logInteger(1, 64);
  const ofFeeds = stream.chance(0.5);
  return {
    what: `the byte offset of ${ofFeeds ? "feeds" : "parameters"} that are views is ignored`,
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      if (!isFaulty) return inner;
      if (ofFeeds) {
        return wrapExecutables(inner, (executable) => ({
          run: (feeds, options) => executable.run(fromStart(feeds), options),
        }));
      }
      return wrapBackend(inner, {
        compile: (source, parameters, options) => inner.compile(source, fromStart(parameters), options),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(graph, asViews(parametersOf(graph), offset));
      await stage.seeRun(executable, asViews(feedsOf(graph), offset));
    },
  };
}

/** Two feeds of one shape, side by side. */
const twoFeeds = ((): ReturnType<typeof line> => {
  const g = graphBuilder("two-feeds");
  const [a, b] = [g.input("a", ["N", 3]), g.input("b", ["N", 3])];
  return g.build({ y: g.concat({ xs: [a, b] }, { axis: 1 }) });
})();

export function feedsByPosition(): StateFault {
  return {
    what: "feeds are taken in the order of the caller's object",
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner, { graph: { inputs } }) => ({
        run: (feeds, options) => {
          const values = Object.values(feeds);
          const isComplete = values.length === inputs.length && inputs.every(({ name }) => Object.hasOwn(feeds, name));
          const byPosition = Object.fromEntries(inputs.map(({ name }, index) => [name, values[index]]));
          const fits = inputs.every(({ name }) => byPosition[name]?.shape.join() === feeds[name]?.shape.join());
          return inner.run(isFaulty && isComplete && fits ? byPosition : feeds, options);
        },
      })),
    program: async (stage) => {
      const { a, b } = feedsOf(twoFeeds);
      const executable = await stage.compile(twoFeeds, {});
      await stage.seeRun(executable, { b, a });
    },
  };
}

export function sharedFeed(stream: Stream): StateFault {
  const byBuffer = stream.chance(0.5);
  return {
    what: `a feed that shares the ${byBuffer ? "buffer" : "array"} of an earlier feed is read as zeros`,
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: (feeds, options) => {
          const seen = new Set<object>();
          const read: Feeds = mapTensors(feeds, (tensor) => {
            const key: object = byBuffer ? tensor.data.buffer : tensor.data;
            const isKnown = seen.has(key);
            seen.add(key);
            return isFaulty && isKnown ? { ...tensor, data: new Float32Array(tensor.data.length) } : tensor;
          });
          return inner.run(read, options);
        },
      })),
    program: async (stage) => {
      const { a } = feedsOf(twoFeeds);
      await stage.seeRun(await stage.compile(twoFeeds, {}), { a, b: a });
    },
  };
}

export function resultsNotCopied(stream: Stream): StateFault {
  const least = stream.logInteger(4, 1 << 20);
  const moved = movedBy(least);
  return {
    what: `results of ${least} elements or more are views that the next run overwrites`,
    needs: { runs: 2 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => {
        const buffers = new Map<string, Float32Array>();
        return {
          run: async (feeds, options) => {
            const results = await inner.run(feeds, options);
            return mapTensors(results, (tensor, name) => {
              if (!isFaulty || tensor.data.length < least) return tensor;
              const key = `${name} ${tensor.data.length}`;
              const buffer = buffers.get(key) ?? new Float32Array(tensor.data.length);
              buffers.set(key, buffer);
              buffer.set(tensor.data);
              return { ...tensor, data: buffer };
            });
          },
        };
      }),
    program: async (stage) => {
      const executable = await stage.compile(moved, {});
      const { y } = await executable.run(feedsOf(moved, 1, 1));
      await executable.run(feedsOf(moved, 1, 2));
      stage.see(y.data.subarray(0, 4).join(" "));
    },
  };
}

/** A graph that moves one array of that many elements. */
function movedBy(elements: number): ReturnType<typeof line> {
  const g = graphBuilder("moved");
  return g.build({ y: g.flatten({ x: g.input("x", ["N", 1, elements]) }) });
}

export function feedsReadLate(stream: Stream): StateFault {
  const least = stream.logInteger(4, 1 << 20);
  const moved = movedBy(least);
  return {
    what: `feeds of ${least} elements or more are read after the call returned`,
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: async (feeds, options) => {
          const isLate = isFaulty && Object.values(feeds).some((feed) => (feed?.data?.length ?? 0) >= least);
          if (isLate) await Promise.resolve();
          return inner.run(feeds, options);
        },
      })),
    program: async (stage) => {
      const executable = await stage.compile(moved, {});
      const feeds = feedsOf(moved, 1);
      const run = executable.run(feeds);
      feeds["x"]?.data.fill(7);
      const { y } = await run;
      stage.see(y.data.subarray(0, 4).join(" "));
    },
  };
}

export function parametersReadLate(stream: Stream): StateFault {
  const least = stream.logInteger(4, 1 << 18);
  const wide = line("wide", least);
  return {
    what: `parameters of ${least} elements or more are read at the first run`,
    create: (isFaulty, id) => {
      const backend = hostBackend(id);
      return wrapExecutables(backend, (inner, { graph: source, parameters }) => {
        const isLate = isFaulty && Object.values(parameters).some(({ data }) => data.length >= least);
        if (!isLate) return {};
        let loaded: Promise<typeof inner> | undefined;
        return {
          run: async (feeds, options) => {
            loaded ??= backend.compile(source, copyTensors(parameters));
            return (await loaded).run(feeds, options);
          },
          dispose: async () => {
            await (await loaded)?.dispose();
            await inner.dispose();
          },
        };
      });
    },
    program: async (stage) => {
      const parameters = parametersOf(wide);
      const executable = await stage.compile(wide, parameters);
      parameters["w"]?.data.fill(0.5);
      await stage.seeRun(executable, feedsOf(wide));
    },
  };
}

export function wrongDtypeAccepted(): StateFault {
  return {
    what: "feeds of float64 are accepted and converted",
    needs: { refusals: 1 },
    create: (isFaulty, id) =>
      wrapExecutables(hostBackend(id), (inner) => ({
        run: (feeds, options) => {
          const entries = Object.entries(feeds).map(([name, feed]): [string, Tensor] => {
            const data: unknown = feed?.data;
            return [
              name,
              isFaulty && data instanceof Float64Array ? float32(feed.shape, Float32Array.from(data)) : feed,
            ];
          });
          return inner.run(Object.fromEntries(entries), options);
        },
      })),
    program: async (stage) => {
      const feeds: Record<string, Tensor> = { ...feedsOf(graph) };
      Reflect.set(feeds, "x", { ...feeds["x"], data: new Float64Array(8) });
      await stage.seeRun(await stage.compile(graph, parametersOf(graph)), feeds);
    },
  };
}

export function sharedMemoryRefused(stream: Stream): StateFault {
  const ofFeeds = stream.chance(0.5);
  const isShared = ({ data }: Tensor): boolean => data.buffer instanceof SharedArrayBuffer;
  const share = (tensors: Tensors): Tensors =>
    mapTensors(tensors, (tensor) => {
      const data = new Float32Array(new SharedArrayBuffer(tensor.data.byteLength));
      data.set(tensor.data);
      return { ...tensor, data };
    });
  return {
    what: `${ofFeeds ? "feeds" : "parameters"} in a SharedArrayBuffer are read as zeros`,
    create: (isFaulty, id) => {
      const inner = hostBackend(id);
      const read = (tensors: Tensors): Tensors =>
        mapTensors(tensors, (tensor) =>
          isFaulty && isShared(tensor) ? { ...tensor, data: new Float32Array(tensor.data.length) } : tensor,
        );
      if (ofFeeds) {
        return wrapExecutables(inner, (executable) => ({
          run: (feeds, options) => executable.run(read(feeds), options),
        }));
      }
      return wrapBackend(inner, {
        compile: (source, parameters, options) => inner.compile(source, read(parameters), options),
      });
    },
    program: async (stage) => {
      const executable = await stage.compile(graph, share(parametersOf(graph)));
      await stage.seeRun(executable, share(feedsOf(graph)));
    },
  };
}
