/** The start of the script that TensorFlow.js's workers run: the source of a function of the page. */
const BEGINNING = "var WasmBackendModuleThreadedSimd = ";

type BlobParameters = ConstructorParameters<typeof Blob>;

/**
 * Starts a runtime whose workers run a function of the page from its source. A minifier may have made that function
 * refer to variables around it, which do not exist in the workers: the workers fail, and the start waits for them for
 * ever. The source reaches the workers as a `Blob`, so that class is replaced during the start.
 */
export async function completeWorkerScript<T>(start: () => Promise<T>): Promise<T> {
  const Original = globalThis.Blob;
  const Completing = class extends Original {
    constructor(parts: BlobParameters[0] = [], options?: BlobParameters[1]) {
      super(Array.from(parts, completed), options);
    }
  };
  // Fails where the globals are frozen, as test runners do it under Node, where there are no such workers.
  if (!Reflect.set(globalThis, "Blob", Completing)) return start();
  try {
    return await start();
  } finally {
    globalThis.Blob = Original;
  }
}

function completed<T>(part: T): T | string {
  return typeof part === "string" && part.startsWith(BEGINNING) ? selfContained(part) : part;
}

/**
 * Makes names that do not exist in the worker `undefined` instead of errors. The script is in sloppy mode, so it may
 * use `with`.
 */
export function selfContained(script: string): string {
  const missing = `{ has: (_, name) => typeof name === "string" && !(name in globalThis), get: () => undefined }`;
  return `with (new Proxy({}, ${missing})) {\n${script}\n}`;
}
