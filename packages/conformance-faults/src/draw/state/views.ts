import { float32, type Backend, type Tensor, type TensorOf, type Tensors } from "@isoconv/core-spec";
import { hostBackend, wrapBackend, wrapExecutables } from "@isoconv/conformance/faults";
import type { Stream } from "../stream.js";
import { mapTensors } from "./map-tensors.js";
import { feedsOf, line, parametersOf } from "./stage.js";
import type { StateFault } from "./state.js";

const graph = line();

/** The correct backend, which gets other feeds or other parameters than the caller's. */
function readAs(id: string, ofFeeds: boolean, change: (tensor: TensorOf<"float32">) => Tensor): Backend {
  const inner = hostBackend(id);
  if (ofFeeds) {
    return wrapExecutables(inner, (executable) => ({
      run: (feeds, options) => executable.run(mapTensors(feeds, change), options),
    }));
  }
  return wrapBackend(inner, {
    compile: (source, parameters, options) => inner.compile(source, mapTensors(parameters, change), options),
  });
}

/** The tensors as views that start later in a larger buffer. */
function asViews(tensors: Tensors, offset: number): Tensors {
  return mapTensors(tensors, (tensor) => {
    const whole = new Float32Array(tensor.data.length + offset + 1).fill(9);
    whole.set(tensor.data, offset);
    return { ...tensor, data: whole.subarray(offset, offset + tensor.data.length) };
  });
}

const fromStart = (tensor: TensorOf<"float32">): Tensor => ({
  ...tensor,
  data: new Float32Array(tensor.data.buffer, 0, tensor.data.length),
});

export function offsetIgnored(stream: Stream): StateFault {
  const offset = stream.logInteger(1, 64);
  const ofFeeds = stream.chance(0.5);
  return {
    what: `the byte offset of ${ofFeeds ? "feeds" : "parameters"} that are views is ignored`,
    create: (isFaulty, id) => readAs(id, ofFeeds, (tensor) => (isFaulty ? fromStart(tensor) : tensor)),
    program: async (stage) => {
      const executable = await stage.compile(graph, asViews(parametersOf(graph), offset));
      await stage.seeRun(executable, asViews(feedsOf(graph), offset));
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
    create: (isFaulty, id) =>
      readAs(id, ofFeeds, (tensor) =>
        isFaulty && isShared(tensor) ? { ...tensor, data: new Float32Array(tensor.data.length) } : tensor,
      ),
    program: async (stage) => {
      const executable = await stage.compile(graph, share(parametersOf(graph)));
      await stage.seeRun(executable, share(feedsOf(graph)));
    },
  };
}
