import { IsoconvError, type Backend, type Executable } from "@isoconv/core-spec";
import { nextTask, type Fault } from "./broken-backend.test.support.js";
import type { Breach } from "./faults.test.support.js";
import type { lifetime } from "./lifetime.js";

const doNothing = async (): Promise<void> => {};
const everyBackend: Backend[] = [];

const slowRuns = (): Fault => ({
  executable: (real) => ({
    run: async (feeds, options) => {
      const results = await real.run(feeds, options);
      await nextTask();
      return results;
    },
  }),
});

const onceOnly = (real: { dispose(): Promise<void> }): Pick<Executable, "dispose"> => {
  let isDisposed = false;
  return {
    dispose: async () => {
      if (isDisposed) throw new Error("session already released");
      isDisposed = true;
      await real.dispose();
    },
  };
};

export const lifetimeBreaches: Readonly<Record<keyof typeof lifetime, Breach>> = {
  "disposed-backend-refuses-compile": {
    fault: () => ({
      backend: (real, sound) => {
        let isDisposed = false;
        return {
          compile: (graph, parameters, options) => {
            if (isDisposed) throw new IsoconvError("DISPOSED", { what: "gone" });
            return sound.compile(graph, parameters, options);
          },
          dispose: () => {
            isDisposed = true;
            return real.dispose();
          },
        };
      },
    }),
    says: "expected rejected with DISPOSED, got threw DISPOSED synchronously",
  },
  "disposing-backend-refuses-compile": {
    fault: () => ({ backend: (real) => ({ dispose: () => nextTask().then(() => real.dispose()) }) }),
    says: "compile during dispose: expected rejected with DISPOSED, got resolved",
  },
  "compilation-under-way-is-rejected": {
    fault: () => ({
      backend: (real, sound) => {
        let underWay: Promise<unknown> = Promise.resolve();
        return {
          compile: (...given) => {
            const compilation = sound.compile(...given);
            underWay = compilation;
            return compilation;
          },
          dispose: () => underWay.then(() => real.dispose()),
        };
      },
    }),
    says: "the compilation: expected rejected with DISPOSED, got resolved",
  },
  "disposed-executable-refuses-run": {
    fault: () => ({ executable: () => ({ dispose: doNothing }) }),
    says: "run on a disposed executable: expected rejected with DISPOSED, got resolved",
  },
  "disposing-executable-refuses-run": {
    fault: () => ({ executable: (real) => ({ dispose: () => nextTask().then(() => real.dispose()) }) }),
    says: "run during dispose: expected rejected with DISPOSED, got resolved",
  },
  "disposed-backend-disposes-executables": {
    fault: () => ({ backend: () => ({ dispose: doNothing }) }),
    says: "run while the backend is being disposed: expected rejected with DISPOSED, got resolved",
  },
  "backend-dispose-is-idempotent": {
    fault: () => ({ backend: onceOnly }),
    says: "expected resolved, got rejected with Error: session already released",
  },
  "executable-dispose-is-idempotent": {
    fault: () => ({ executable: onceOnly }),
    says: "expected resolved, got rejected with Error: session already released",
  },
  "async-dispose-disposes": {
    fault: () => ({ executable: () => ({ [Symbol.asyncDispose]: doNothing }) }),
    says: "run afterwards: expected rejected with DISPOSED, got resolved",
  },
  "executable-dispose-waits-for-run": { fault: slowRuns, says: "expected settled, got under way" },
  "backend-dispose-waits-for-run": { fault: slowRuns, says: "expected settled, got under way" },
  "backends-are-independent": {
    fault: () => ({
      backend: (real) => {
        everyBackend.push(real);
        return { dispose: async () => void (await Promise.all(everyBackend.map((each) => each.dispose()))) };
      },
    }),
    says: "DISPOSED",
  },
  "executables-are-independent": {
    fault: () => ({ executable: (_real, owner) => ({ dispose: () => owner.dispose() }) }),
    says: "DISPOSED",
  },
};
