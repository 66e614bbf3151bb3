import { IsoconvError, nextTask } from "@isoconv/core-spec";
import type { Runtime } from "../runtime.js";

/** A device that works, and the runtime on it. */
export interface Session {
  readonly runtime: Runtime;
  /** Why the device was lost; `undefined` while it works. */
  lost(): unknown;
}

/**
 * A runtime whose device may be lost, because the driver crashed or other code destroyed the device. After a loss runs
 * fail, and the next compilation opens another session.
 */
export function restartable(first: Session, open: () => Promise<Session>): Runtime {
  let session = first;
  const owners = new WeakMap<object, Session>();
  const own = (dataId: object): object => {
    owners.set(dataId, session);
    return dataId;
  };
  const check = (dataIds: readonly object[]): Runtime => {
    const cause = session.lost();
    if (cause !== undefined) throw deviceLost(cause);
    if (dataIds.some((dataId) => owners.get(dataId) !== session)) throw deviceLost(undefined);
    return session.runtime;
  };
  return {
    traits: first.runtime.traits,
    run(kernel, inputs, attrs) {
      const arrays = Object.values(inputs).filter((input) => input !== undefined);
      const output = check(arrays.map(({ dataId }) => dataId)).run(kernel, inputs, attrs);
      own(output.dataId);
      return output;
    },
    write: (data, shape) => own(check([]).write(data, shape)),
    async read(dataId) {
      const reading = session;
      try {
        return await check([dataId]).read(dataId);
      } catch (error) {
        // The loss is reported in a task of its own.
        await nextTask();
        const cause = reading.lost();
        throw cause === undefined ? error : deviceLost(cause);
      }
    },
    hasNaN: (dataId) => check([dataId]).hasNaN(dataId),
    free: (dataId) => owners.get(dataId)?.runtime.free(dataId),
    async begin() {
      if (session.lost() !== undefined) session = await open();
    },
    async settle() {
      check([]);
      await session.runtime.settle?.();
    },
    close: async () => session.runtime.close?.(),
  };
}

function deviceLost(cause: unknown): IsoconvError {
  return new IsoconvError("EXECUTION_FAILED", {
    what: "the GPU device was lost, and with it the network's weights",
    hint: "Compile the network again: that opens another device",
    ...(cause === undefined ? {} : { cause }),
  });
}
