/** A property of the global object that only some hosts have. */
function globalProperty(name: string): unknown {
  return Reflect.get(globalThis, name);
}

/** Cores this program may use: asked of Node's `os` where there is one, without importing it into a browser bundle. */
export function availableCores(): number {
  if (isNode()) return process.getBuiltinModule("node:os").availableParallelism();
  const navigator = globalProperty("navigator");
  const cores: unknown =
    typeof navigator === "object" && navigator !== null ? Reflect.get(navigator, "hardwareConcurrency") : 1;
  return typeof cores === "number" && cores >= 1 ? cores : 1;
}

/** Whether WebAssembly can have threads: shared memory is denied to pages that are not cross-origin isolated. */
export function hasSharedMemory(): boolean {
  return (
    globalProperty("SharedArrayBuffer") !== undefined && (isNode() || globalProperty("crossOriginIsolated") === true)
  );
}

export function hasWebAssembly(): boolean {
  return globalProperty("WebAssembly") !== undefined;
}

/** Browsers have no `process`, bundlers' stand-ins for it have no built-in modules. */
function isNode(): boolean {
  return typeof process !== "undefined" && typeof process.getBuiltinModule === "function";
}
