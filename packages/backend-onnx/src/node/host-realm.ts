import { IsoconvError } from "@isoconv/core-spec";
import { globalProperty, isNode } from "../runtime/host.js";
import type { Ort } from "../runtime/ort.js";

/** What native code sees of Node where this program has other typed arrays. */
interface HostRealm {
  /** Node's own class: native code returns instances of it. */
  readonly floats: Float32ArrayConstructor;
  /** The object whose properties are the globals of Node's own modules. */
  readonly globals: HostGlobals;
}

interface HostGlobals {
  Float32Array: Float32ArrayConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
  readonly process?: { readonly getBuiltinModule?: typeof process.getBuiltinModule };
}

/**
 * Node's own realm, if the typed arrays of this program are not those of it. Jest and some of vitest's pools run tests in a
 * context of their own, and vitest with jsdom replaces the global classes. A native runtime returns arrays of Node's own
 * class, which its JavaScript refuses if it was loaded with another one.
 */
export function otherHostRealm(): HostRealm | undefined {
  if (!isNode()) return undefined;
  const v8 = process.getBuiltinModule("node:v8");
  const { constructor }: { readonly constructor: unknown } = v8.deserialize(v8.serialize(new Float32Array(1)));
  if (!isFloats(constructor) || constructor === Float32Array) return undefined;
  const globals: unknown = process.getBuiltinModule("node:vm").runInThisContext("globalThis");
  return isGlobals(globals) ? { floats: constructor, globals } : undefined;
}

/**
 * Loads a native runtime with Node's own typed arrays, and converts to and from those of this program without a copy.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` where that is impossible; what the loader throws
 */
export function loadInHostRealm(name: string, { floats, globals }: HostRealm): Ort {
  const ort = withGlobal(globals, floats, () => {
    const module = globals.process?.getBuiltinModule?.("node:module");
    const load: ((id: string) => unknown) | undefined = module?.createRequire(import.meta.url);
    return load === undefined ? undefined : (load(name) as Ort);
  });
  if (ort === undefined || !takes(ort, floats)) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `${name} cannot be used in ${environment()}: typed arrays there are not those of Node, which native code returns`,
      hint: `Run these tests with Node's own globals (environment: node), do not import ${name} yourself before, or use @isoconv/backend-onnx/wasm`,
    });
  }
  return {
    env: ort.env,
    InferenceSession: {
      create: ({ buffer, byteOffset, byteLength }, options) =>
        ort.InferenceSession.create(new globals.Uint8Array(buffer, byteOffset, byteLength), options),
    },
    Tensor: new Proxy(ort.Tensor, {
      construct(Tensor, [type, data, dims]: ConstructorParameters<Ort["Tensor"]>) {
        return new Tensor(type, new floats(data.buffer, data.byteOffset, data.length), dims);
      },
    }),
  };
}

/** The runtime keeps the class that is global while it is loaded; loading does not wait. */
function withGlobal<T>(globals: HostGlobals, floats: Float32ArrayConstructor, load: () => T): T {
  const before = globals.Float32Array;
  globals.Float32Array = floats;
  try {
    return load();
  } finally {
    globals.Float32Array = before;
  }
}

/** Not if the program has loaded the runtime before, with other classes. */
function takes({ Tensor }: Ort, floats: Float32ArrayConstructor): boolean {
  try {
    return new Tensor("float32", new floats(1), [1]).size === 1;
  } catch {
    return false;
  }
}

/** The test runner, by what it leaves in the environment. */
function environment(): string {
  const { env } = process;
  const runner = env["VITEST"] !== undefined ? "vitest" : env["JEST_WORKER_ID"] !== undefined ? "Jest" : undefined;
  const isDom = globalProperty("document") !== undefined;
  if (runner === undefined) return isDom ? "jsdom" : "a context of node:vm";
  return isDom ? `${runner} with a DOM environment` : runner;
}

function isFloats(value: unknown): value is Float32ArrayConstructor {
  return typeof value === "function" && value.name === "Float32Array";
}

function isGlobals(value: unknown): value is HostGlobals {
  return typeof value === "object" && value !== null && "Float32Array" in value;
}
