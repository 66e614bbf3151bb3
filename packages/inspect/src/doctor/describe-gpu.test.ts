import { expect, it } from "vitest";
import { describeGpu } from "./describe-gpu.js";

/** As in browsers: the limits are getters of the prototype. */
class Limits {
  get maxBufferSize(): number {
    return 2 ** 28;
  }
}
Object.defineProperty(Limits.prototype, "maxBufferSize", { enumerable: true });

const adapter = {
  info: { vendor: "google", architecture: "swiftshader", device: "", description: "SwiftShader" },
  limits: new Limits(),
  features: new Set(["timestamp-query", "shader-f16"]),
};

it("describes the adapter, its features and its limits", async () => {
  expect(await describeGpu({ requestAdapter: async () => adapter })).toEqual({
    available: true,
    ...adapter.info,
    isFallback: true,
    features: ["shader-f16", "timestamp-query"],
    limits: { maxBufferSize: 2 ** 28 },
  });
});

it("gives the reason if there is none", async () => {
  expect(await describeGpu({ requestAdapter: async () => null })).toMatchObject({
    available: false,
    reason: expect.stringContaining("no adapter"),
  });
  expect(await describeGpu({ requestAdapter: () => Promise.reject(new Error("lost")) })).toMatchObject({
    reason: "asking for an adapter failed: lost",
  });
});
