/** A property of the global object that only some hosts have, or a property of that property. */
export function globalProperty(name: string, member?: string): unknown {
  const value: unknown = Reflect.get(globalThis, name);
  if (member === undefined) return value;
  return typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined;
}

/**
 * The number of cores this program may use, from Node's `os` if available, without importing `os` into a browser
 * bundle.
 */
export function availableCores(): number {
  if (isNode()) return process.getBuiltinModule("node:os").availableParallelism();
  const cores = globalProperty("navigator", "hardwareConcurrency");
  return typeof cores === "number" && cores >= 1 ? cores : 1;
}

/**
 * Whether WebAssembly can have threads: shared memory is denied to pages that are not cross-origin isolated, and some
 * browsers deny workers to workers.
 */
export function canHaveThreads(): boolean {
  if (globalProperty("SharedArrayBuffer") === undefined) return false;
  return isNode() || (globalProperty("crossOriginIsolated") === true && globalProperty("Worker") !== undefined);
}

/** Browsers have no `process`, and bundlers' replacements for it have no built-in modules. */
export function isNode(): boolean {
  return typeof process !== "undefined" && typeof process.getBuiltinModule === "function";
}
