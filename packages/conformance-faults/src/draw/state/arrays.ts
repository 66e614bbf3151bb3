import { graphBuilder, type Feeds, type Results, type Tensor, type TensorOf } from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { mapResults, mapTensors } from "./map-tensors.js";
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
