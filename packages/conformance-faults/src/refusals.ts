import {
  bindShape,
  float32,
  IsoconvError,
  isIsoconvError,
  ownValue,
  shapesOf,
  unsupported,
  type Parameters,
} from "@isoconv/core-spec";
import { backendFault, executableFault, type Fault, hostBackend, wrapBackend } from "@isoconv/conformance/faults";

export const swallowedError = executableFault(
  {
    name: "swallowed-error",
    bug: "A run that fails resolves to zeros: the runtime logs the error and returns an unwritten output buffer.",
    killedBy: ["error", "contract"],
    ops: [],
  },
  (inner, { graph }) => ({
    run: async (feeds, options) => {
      try {
        return await inner.run(feeds, options);
      } catch {
        const shapes = shapesOf(graph);
        return Object.fromEntries(
          graph.outputs.map(({ name, value }) => [name, float32(bindShape(shapes.get(value) ?? [], 1))]),
        );
      }
    },
  }),
);

export const wrongCode = executableFault(
  {
    name: "wrong-code",
    bug: "Every refused run has the code EXECUTION_FAILED: the adapter catches the errors of its own validation.",
    killedBy: ["error", "contract"],
    ops: [],
  },
  (inner) => ({
    run: async (feeds, options) => {
      try {
        return await inner.run(feeds, options);
      } catch (cause) {
        if (!isIsoconvError(cause)) throw cause;
        const { path, message: what } = cause;
        throw new IsoconvError("EXECUTION_FAILED", { path, what, cause });
      }
    },
  }),
);

export const errorWithoutPath = executableFault(
  {
    name: "error-without-path",
    bug: "The error of a refused feed has the right code but no path: only the message is passed on.",
    killedBy: ["error"],
    ops: [],
  },
  (inner) => ({
    run: async (feeds, options) => {
      try {
        return await inner.run(feeds, options);
      } catch (cause) {
        if (!isIsoconvError(cause)) throw cause;
        throw new IsoconvError(cause.code, { what: cause.message, cause });
      }
    },
  }),
);

export const foreignError = executableFault(
  {
    name: "foreign-error",
    bug: "A refused run throws the runtime's TypeError, which has no code.",
    killedBy: ["error", "contract"],
    ops: [],
  },
  (inner) => ({
    run: async (feeds, options) => {
      try {
        return await inner.run(feeds, options);
      } catch (cause) {
        throw new TypeError(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    },
  }),
);

export const extraParametersAccepted = backendFault(
  {
    name: "extra-parameters-accepted",
    bug: "Parameters that the graph does not have are ignored: a misspelt state_dict key is accepted.",
    killedBy: ["error"],
    ops: [],
  },
  (inner) =>
    wrapBackend(inner, {
      compile: (graph, parameters, options) => {
        const known: Parameters = Object.fromEntries(
          graph.parameters.flatMap(({ name }) => {
            const tensor = ownValue(parameters, name);
            return tensor === undefined ? [] : [[name, tensor]];
          }),
        );
        return inner.compile(graph, known, options);
      },
    }),
);

export const missingParametersZero = backendFault(
  {
    name: "missing-parameters-zero",
    bug: "A missing parameter is replaced by zeros: a layer without weights is accepted.",
    killedBy: ["error"],
    ops: [],
  },
  (inner) =>
    wrapBackend(inner, {
      compile: (graph, parameters, options) => {
        const missing = graph.parameters.filter(({ name }) => !Object.hasOwn(parameters, name));
        const zeros = Object.fromEntries(missing.map(({ name, shape }) => [name, float32(bindShape(shape, 1))]));
        return inner.compile(graph, { ...zeros, ...parameters }, options);
      },
    }),
);

export const feedsReinterpreted = executableFault(
  {
    name: "feeds-reinterpreted",
    bug: "A feed of another shape with as many elements is accepted: only the lengths are compared.",
    killedBy: ["error"],
    ops: [],
  },
  (inner, { graph }) => ({
    run: async (feeds, options) => {
      const bound = graph.inputs.flatMap(({ name, shape }) => {
        const feed = ownValue(feeds, name);
        if (feed?.dtype !== "float32" || !Array.isArray(feed.shape)) return [];
        const perItem = bindShape(shape, 1).reduce((product, extent) => product * extent, 1);
        const fits = shape[0] === "N" ? feed.data.length % perItem === 0 : feed.data.length === perItem;
        const taken = bindShape(shape, shape[0] === "N" ? feed.data.length / perItem : 1);
        return fits ? [[name, { ...feed, shape: taken }] as const] : [];
      });
      return inner.run({ ...feeds, ...Object.fromEntries(bound) }, options);
    },
  }),
);

export const unsupportedCompiled: Fault = {
  name: "unsupported-compiled",
  bug: "lrn is declared unsupported but compiles: the capabilities are written by hand.",
  killedBy: ["matrix", "exact", "special", "trap", "contract"],
  ops: ["lrn"],
  create: async () => {
    const inner = hostBackend("fault/unsupported-compiled");
    const lacking = hostBackend("fault/unsupported-compiled", {
      kernels: { lrn: unsupported("the declaration is older than the kernel", { issue: "https://example.org/lrn" }) },
    });
    return wrapBackend(inner, { capabilities: lacking.capabilities });
  },
};

export const unsupportedAtRun: Fault = {
  name: "unsupported-at-run",
  bug: "lrn is declared unsupported and compiles, but fails when the graph runs.",
  killedBy: ["matrix", "exact", "special", "trap", "contract"],
  ops: ["lrn"],
  create: async () => {
    const lacking = unsupported("no kernel", { issue: "https://example.org/lrn" });
    const { capabilities } = hostBackend("fault/unsupported-at-run", { kernels: { lrn: lacking } });
    const inner = hostBackend("fault/unsupported-at-run", {
      kernels: {
        lrn: (_inputs, _attrs, { node }) => {
          throw new IsoconvError("UNSUPPORTED", { op: "lrn", node, what: "no kernel" });
        },
      },
    });
    return wrapBackend(inner, { capabilities });
  },
};

export const nativeButUnsupported: Fault = {
  name: "native-but-unsupported",
  bug: "gelu is declared native but fails when it runs: the kernel is registered for another device.",
  killedBy: ["matrix", "property", "special", "exact"],
  ops: ["gelu"],
  create: async () =>
    hostBackend("fault/native-but-unsupported", {
      kernels: {
        gelu: () => {
          throw new Error("Kernel 'Gelu' not registered for backend 'cpu'");
        },
      },
    }),
};
