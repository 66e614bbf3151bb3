import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { IsoconvError, messageOf } from "@isoconv/core-spec";
import type { Preprocessing } from "@isoconv/zoo";
import { preparePicture, type PreparedPicture } from "./prepare-picture.js";
import type { ThreadAnswer, ThreadJob } from "./prepare-thread.js";

/** The start of a thread takes as long as a few pictures. */
const FEW_PICTURES = 8;
/** One thread prepares pictures faster than most networks classify them. */
const MOST_THREADS = 4;
/** Pictures that each thread has at a time. A runtime may block this thread while it runs, and then it hands out none. */
const PER_THREAD = 4;

/** Pictures that are being prepared. */
export interface ComingPictures {
  /** In their order. It throws what is wrong with more than one picture. */
  readonly pictures: AsyncIterable<PreparedPicture>;
  /** Ends the threads. */
  readonly close: () => Promise<void>;
}

/** Prepares pictures while the caller works on other things and on the pictures before them. It starts at once. */
export function prepareAhead(paths: readonly string[], preprocessing: Preprocessing): ComingPictures {
  const count = paths.length < FEW_PICTURES ? 0 : Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
  const threads = Array.from({ length: count }, () => startThread(preprocessing));
  const pictures =
    count === 0
      ? startInOrder(paths, 2, (path) => preparePicture(path, preprocessing))
      : startInOrder(paths, count * PER_THREAD, (path, index) => threads[index % count].prepare({ index, path }));
  return { pictures, close: async () => void (await Promise.all(threads.map(({ worker }) => worker.terminate()))) };
}

/** The results of work on items in their order. The work on so many is started before the first is taken. */
function startInOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  let next = 0;
  const start = (): void => {
    if (next === items.length) return;
    const result = work(items[next], next);
    // It is awaited when its turn comes. Until then a rejection would be unhandled.
    result.catch(() => undefined);
    started.push(result);
    next += 1;
  };
  for (let count = 0; count < ahead; count += 1) start();
  return (async function* take() {
    for (let first = started.shift(); first !== undefined; first = started.shift()) {
      const result = await first;
      start();
      yield result;
    }
  })();
}

interface PreparingThread {
  readonly worker: Worker;
  readonly prepare: (job: ThreadJob) => Promise<PreparedPicture>;
}

interface Waiting {
  readonly resolve: (prepared: PreparedPicture) => void;
  readonly reject: (error: IsoconvError) => void;
}

function startThread(preprocessing: Preprocessing): PreparingThread {
  const worker = new Worker(new URL("./prepare-thread.js", import.meta.url), { workerData: preprocessing });
  const waiting = new Map<number, Waiting>();
  let failure: IsoconvError | undefined;
  worker.on("message", ({ index, prepared }: ThreadAnswer) => {
    waiting.get(index)?.resolve(prepared);
    waiting.delete(index);
  });
  worker.on("error", (cause) => {
    failure = new IsoconvError("EXECUTION_FAILED", { what: `pictures cannot be read: ${messageOf(cause)}`, cause });
    for (const { reject } of waiting.values()) reject(failure);
  });
  return {
    worker,
    prepare: (job) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        waiting.set(job.index, { resolve, reject });
        worker.postMessage(job, []);
      }),
  };
}
