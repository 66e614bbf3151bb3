import { graphBuilder } from "@isoconv/core-spec";
import { hostBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { copyTensors, mapTensors } from "./map-tensors.js";
import { feedsOf, line, parametersOf } from "./stage.js";
import type { StateFault } from "./state.js";

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
