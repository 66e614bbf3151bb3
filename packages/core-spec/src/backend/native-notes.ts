/** What `Capabilities.notes` says of native code in a worker thread. */
const IN_WORKER =
  "native code in a worker thread: worker.terminate() during a run ends the whole process; await dispose() before it, or use a child process";

/**
 * The notes of a backend whose runtime is native code, for Node. When a thread is terminated, native code that returns to it
 * throws where nothing can catch.
 *
 * @param threads - the module `node:worker_threads`; tests replace it
 */
export function nativeNotes(
  threads: { readonly isMainThread: boolean } = process.getBuiltinModule("node:worker_threads"),
): readonly string[] | undefined {
  return threads.isMainThread ? undefined : [IN_WORKER];
}
