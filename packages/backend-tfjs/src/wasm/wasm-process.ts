const EVENTS = ["uncaughtException", "unhandledRejection"] as const;
/** Recognises Emscripten's two listeners by their source, minified or not. */
const EMSCRIPTEN = /^function\s*\((ex|reason)\)\s*\{/;

/**
 * Starts an Emscripten runtime and removes the listeners that it adds to Node's process: they rethrow, which would end
 * a program that handles unhandled rejections itself.
 */
export async function keepProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const node = nodeProcess();
  if (node === undefined) return start();
  const before = EVENTS.map((event) => new Set(node.rawListeners(event)));
  try {
    return await start();
  } finally {
    for (const [index, event] of EVENTS.entries()) {
      for (const listener of node.rawListeners(event)) {
        const added = !before[index].has(listener);
        if (added && isListener(listener) && EMSCRIPTEN.test(String(listener))) node.removeListener(event, listener);
      }
    }
  }
}

function nodeProcess(): NodeJS.Process | undefined {
  const process: Partial<NodeJS.Process> | undefined = globalThis.process;
  return typeof process?.rawListeners === "function" ? globalThis.process : undefined;
}

function isListener(value: unknown): value is (...args: unknown[]) => void {
  return typeof value === "function";
}
