import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { loadInHostRealm, otherHostRealm } from "./host-realm.js";

interface Classes {
  readonly Float32Array: Float32ArrayConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
}

it("a program with Node's own typed arrays is in Node's realm", () => {
  expect(otherHostRealm()).toBeUndefined();
});

it("a program whose global class was replaced, as by vitest with jsdom, is not", () => {
  const own = Float32Array;
  globalThis.Float32Array = (runInNewContext("globalThis") as Classes).Float32Array;
  try {
    expect(otherHostRealm()?.floats).toBe(own);
  } finally {
    globalThis.Float32Array = own;
  }
});

it("a realm without a loader is refused, and the test runner named", () => {
  const globals = { Float32Array, Uint8Array };
  expect(() => loadInHostRealm("onnxruntime-node", { floats: Float32Array, globals })).toThrow(
    /^BACKEND_UNAVAILABLE: onnxruntime-node cannot be used in vitest: typed arrays there are not those of Node/,
  );
});
