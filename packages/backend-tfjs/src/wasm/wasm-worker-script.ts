/** How TensorFlow.js begins the script that its workers run: the source of a function, as the page has it. */
const BEGINNING = "var WasmBackendModuleThreadedSimd = ";

type BlobParameters = ConstructorParameters<typeof Blob>;

/**
 * Starts a runtime whose workers run a function of the page by its source. A bundler's minifier may have made that
 * function refer to variables around it, which the workers do not have: they fail, and the start waits for them for ever.
 * The source is handed to the workers as a `Blob`, so that class is replaced for as long as the start takes.
 */
export async function completeWorkerScript<T>(start: () => Promise<T>): Promise<T> {
  const Original = globalThis.Blob;
  globalThis.Blob = class extends Original {
    constructor(parts: BlobParameters[0] = [], options?: BlobParameters[1]) {
      super(Array.from(parts, completed), options);
    }
  };
  try {
    return await start();
  } finally {
    globalThis.Blob = Original;
  }
}

function completed<T>(part: T): T | string {
  return typeof part === "string" && part.startsWith(BEGINNING) ? selfContained(part) : part;
}

/** Names that the worker does not know are `undefined` in the script, not errors. It is a sloppy one: it may say `with`. */
export function selfContained(script: string): string {
  const missing = `{ has: (_, name) => typeof name === "string" && !(name in globalThis), get: () => undefined }`;
  return `with (new Proxy({}, ${missing})) {\n${script}\n}`;
}
