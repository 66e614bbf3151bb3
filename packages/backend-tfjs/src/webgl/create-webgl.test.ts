import { availabilityOf } from "@isoconv/core-spec";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createBackend, isAvailable } from "./index.js";
import { contextOf, failureOf, refuseTexture } from "./webgl-errors.js";
import { acceptSoftware, withFlags } from "./webgl-flags.js";
import { loadWebgl, webglPeers } from "./create-webgl.js";

// Results and failures of WebGL are tested in a browser: see tests/browser.
describe("WebGL under Node", () => {
  it("is refused, and the error names alternatives", async () => {
    const found = await isAvailable();
    expect(found).toMatchObject({
      available: false,
      reason: expect.stringContaining("WebGL needs a browser") as string,
    });
    await expect(createBackend()).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
  });

  it("names the package when it is missing", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("Cannot find package"));
    const peers = { ...webglPeers, webgl: { ...webglPeers.webgl, load } };
    expect(await availabilityOf(() => loadWebgl(peers, {}))).toMatchObject({
      reason: expect.stringContaining("npm install @tensorflow/tfjs-backend-webgl@4.22.0") as string,
    });
  });
});

describe("TensorFlow.js's flags", () => {
  it("are changed while a function runs and restored afterwards, also when it throws", () => {
    const environment = tf.env();
    environment.set("WEBGL_CPU_FORWARD", true);
    const seen = withFlags(tf, { WEBGL_CPU_FORWARD: false }, () => environment.getBool("WEBGL_CPU_FORWARD"));
    expect(seen).toBe(false);
    const failing = (): never => {
      throw new Error("kernel failed");
    };
    expect(() => withFlags(tf, { WEBGL_CPU_FORWARD: false }, failing)).toThrow("kernel failed");
    expect(environment.getBool("WEBGL_CPU_FORWARD")).toBe(true);
  });

  it("are detected again when software is accepted later", () => {
    const found = tf.env().getFlags();
    Object.assign(found, { HAS_WEBGL: false, WEBGL_VERSION: 0, WEBGL_PACK: false, SOFTWARE_WEBGL_ENABLED: false });
    acceptSoftware(tf);
    expect(found).toMatchObject({ SOFTWARE_WEBGL_ENABLED: true });
    expect(Object.keys(found).filter((name) => /^(HAS_WEBGL|WEBGL_VERSION|WEBGL_PACK)$/.test(name))).toEqual([]);
  });
});

describe("WebGL's errors", () => {
  const canvas = { addEventListener: () => {} };
  const reporting = (...errors: number[]) => ({
    canvas,
    isContextLost: () => false,
    getError: () => errors.shift() ?? 0,
  });

  it("are read until there are none", () => {
    const context = reporting(0x0505, 0x0502);
    expect(failureOf(context)).toMatchObject({ code: "OUT_OF_MEMORY" });
    expect(failureOf(context)).toBeUndefined();
    expect(failureOf(reporting(0x0502))).toMatchObject({
      code: "EXECUTION_FAILED",
      message: expect.stringContaining("0x502") as string,
    });
  });

  it("of textures that are too large become OUT_OF_MEMORY; others are unchanged", () => {
    const failing = (message: string) => () =>
      refuseTexture(() => {
        throw new Error(message);
      });
    expect(failing("Requested texture size [9000x1] greater than WebGL maximum")).toThrow("OUT_OF_MEMORY");
    expect(failing("shader failed")).toThrow(/^shader failed$/);
  });

  it("come from the context of the backend", () => {
    const gl = reporting();
    expect(contextOf({ gpgpu: { gl } } as never)).toBe(gl);
  });
});
