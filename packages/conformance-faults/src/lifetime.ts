import { IsoconvError, type Executable, type Feeds } from "@isoconv/core-spec";
import { backendFault, executableFault, hostBackend, wrapBackend, wrapExecutable } from "@isoconv/conformance/faults";

const contract = { killedBy: ["contract"], ops: [] } as const;

export const runsAfterDispose = executableFault(
  {
    ...contract,
    name: "runs-after-dispose",
    bug: "A disposed executable still runs: dispose does nothing and relies on the garbage collector.",
  },
  () => ({ dispose: async () => {} }),
);

export const disposeTwice = executableFault(
  {
    ...contract,
    name: "dispose-twice",
    bug: "A second dispose of an executable throws: a handle is released twice.",
  },
  (inner) => {
    let isDisposed = false;
    return {
      dispose: async () => {
        if (isDisposed) throw new IsoconvError("EXECUTION_FAILED", { what: "the session was released before" });
        isDisposed = true;
        await inner.dispose();
      },
    };
  },
);

export const disposeDoesNotWait = executableFault(
  {
    ...contract,
    name: "dispose-does-not-wait",
    bug: "Disposing an executable breaks the current runs: buffers are freed while kernels use them.",
  },
  (inner) => {
    let isDisposed = false;
    return {
      run: async (feeds, options) => {
        const results = await inner.run(feeds, options);
        await Promise.resolve();
        if (isDisposed) throw new IsoconvError("EXECUTION_FAILED", { what: "a buffer was freed while in use" });
        return results;
      },
      dispose: async () => {
        isDisposed = true;
        await inner.dispose();
      },
    };
  },
);

export const backendForgetsExecutables = backendFault(
  {
    ...contract,
    name: "backend-forgets-executables",
    bug: "Executables still run after their backend is disposed: the backend keeps no list of them.",
  },
  (inner) => {
    let isDisposed = false;
    return wrapBackend(inner, {
      compile: async (graph, parameters, options) => {
        if (isDisposed) throw new IsoconvError("DISPOSED", { what: `the backend "${inner.id}" has been disposed` });
        return inner.compile(graph, parameters, options);
      },
      dispose: async () => {
        isDisposed = true;
      },
    });
  },
);

export const compilesAfterDispose = backendFault(
  {
    ...contract,
    name: "compiles-after-dispose",
    bug: "A disposed backend still compiles: it starts its runtime again.",
  },
  (first) => {
    let inner = first;
    return wrapBackend(first, {
      compile: (graph, parameters, options) => inner.compile(graph, parameters, options),
      memory: () => inner.memory(),
      dispose: async () => {
        await inner.dispose();
        inner = hostBackend(first.id);
      },
    });
  },
);

export const abortIgnored = executableFault(
  {
    ...contract,
    name: "abort-ignored",
    bug: "run ignores its abort signal, even one that is already aborted.",
  },
  (inner) => ({ run: (feeds) => inner.run(feeds) }),
);

export const mixedUpRuns = executableFault(
  {
    ...contract,
    name: "mixed-up-runs",
    bug: "Concurrent runs share one variable for their feeds: all of them compute with the last one's inputs.",
  },
  (inner) => {
    let bound: Feeds = {};
    return {
      run: async (feeds, options) => {
        bound = structuredClone(feeds);
        await Promise.resolve();
        return inner.run(bound, options);
      },
    };
  },
);

export const feedsReadLate = executableFault(
  {
    ...contract,
    name: "feeds-read-late",
    bug: "run reads its feeds after an await, when the caller may have overwritten them.",
  },
  (inner) => ({
    run: async (feeds, options) => {
      await Promise.resolve();
      return inner.run(feeds, options);
    },
  }),
);

export const concurrentRunsRefused = executableFault(
  {
    ...contract,
    name: "concurrent-runs-refused",
    bug: "A run during another run throws: the runtime has one stream and the adapter has no queue.",
  },
  (inner) => {
    let isRunning = false;
    return {
      run: async (feeds, options) => {
        if (isRunning) throw new IsoconvError("EXECUTION_FAILED", { what: "Session already started" });
        isRunning = true;
        try {
          return await inner.run(feeds, options);
        } finally {
          isRunning = false;
        }
      },
    };
  },
);

export const emptyBatchCrashes = executableFault(
  {
    ...contract,
    name: "empty-batch-crashes",
    bug: "A batch of 0 throws: the runtime cannot allocate an empty buffer.",
    killedBy: ["contract", "trap", "property", "matrix"],
  },
  (inner) => ({
    run: async (feeds, options) => {
      const results = await inner.run(feeds, options);
      const isEmpty = Object.values(feeds).some(({ shape }) => shape[0] === 0);
      if (isEmpty) throw new IsoconvError("EXECUTION_FAILED", { what: "cannot allocate a buffer of 0 bytes" });
      return results;
    },
  }),
);

export const mutableCapabilities = backendFault(
  {
    ...contract,
    name: "mutable-capabilities",
    bug: "The capabilities are a plain object that callers can change.",
  },
  (inner) => wrapBackend(inner, { capabilities: structuredClone(inner.capabilities) }),
);

export const oneExecutable = backendFault(
  {
    ...contract,
    name: "one-executable",
    bug: "Compiling a second graph replaces the first: the runtime has one global session.",
  },
  (inner) => {
    let newest: Executable | undefined;
    return wrapBackend(inner, {
      compile: async (graph, parameters, options) => {
        const executable = await inner.compile(graph, parameters, options);
        newest = executable;
        return wrapExecutable(executable, {
          run: (feeds, runOptions) => (newest ?? executable).run(feeds, runOptions),
        });
      },
    });
  },
);
