import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { isAvailable as cudaIsAvailable } from "../cuda/index.js";
import { loadTensorflow, tensorflowPeers, type TensorflowPeers } from "./create-tensorflow.js";

const peers = tensorflowPeers("@tensorflow/tfjs-node");

function withBinding(load: () => Promise<unknown>): TensorflowPeers {
  return { ...peers, binding: { ...peers.binding, load } };
}

const failing = (message: string, code?: string) =>
  withBinding(() => Promise.reject(Object.assign(new Error(message), code === undefined ? {} : { code })));

/** Imitates the import of tfjs-node: registers a backend and makes it the current one. */
async function intrude(): Promise<unknown> {
  const backend = Object.assign(new tf.KernelBackend(), {
    binding: { TF_Version: "2.9.1", executeOp: () => [], isUsingGpuDevice: () => false },
    isGPUPackage: false,
    dispose: () => undefined,
  });
  tf.registerBackend("tensorflow", () => backend);
  await tf.setBackend("tensorflow");
  return { version: { "tfjs-node": "4.22.0" } };
}

afterEach(() => {
  for (const name of ["tensorflow", "chosen"]) if (tf.findBackendFactory(name) !== null) tf.removeBackend(name);
});

describe("TensorFlow's packages", () => {
  it("are named in the error when they are missing", async () => {
    await expect(
      loadTensorflow(
        failing("Cannot find package '@tensorflow/tfjs-node' imported from /app/x.js", "ERR_MODULE_NOT_FOUND"),
      ),
    ).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("npm install @tensorflow/tfjs-node@4.22.0") as unknown,
    });
  });

  it("give the reason on one line when their native parts do not load", async () => {
    const addon = failing("The Node.js native addon module (tfjs_binding.node) can not be found\nPlease run");
    await expect(loadTensorflow(addon)).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringMatching(/^[^\n]*can not be found[^\n]*--build-addon-from-source[^\n]*$/) as unknown,
    });
  });

  it("of another version are refused", async () => {
    const old = withBinding(async () => ({ version: { "tfjs-node": "3.0.0" } }));
    await expect(loadTensorflow(old)).rejects.toMatchObject({ expected: "4.22.0", received: "3.0.0" });
    await expect(loadTensorflow(withBinding(async () => null))).rejects.toMatchObject({ received: "undefined" });
  });

  it("that registered with another copy of TensorFlow.js are refused", async () => {
    const elsewhere = withBinding(async () => ({ version: { "tfjs-node": "4.22.0" } }));
    await expect(loadTensorflow(elsewhere)).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("@tensorflow/tfjs-core@4.22.0") as unknown,
    });
  });

  it("do not replace the program's current backend", async () => {
    tf.registerBackend("chosen", () => Object.assign(new tf.KernelBackend(), { dispose: () => undefined }));
    await tf.setBackend("chosen");
    expect((await loadTensorflow(withBinding(intrude))).TF_Version).toBe("2.9.1");
    expect(tf.getBackend()).toBe("chosen");
  });

  it("exclude each other in a program", async () => {
    const load = (): Promise<never> => Promise.reject(new Error("asked for"));
    await intrude();
    await expect(loadTensorflow(withBinding(load))).rejects.toThrow("asked for");
    const other = tensorflowPeers("@tensorflow/tfjs-node-gpu");
    await expect(loadTensorflow({ ...other, binding: { ...other.binding, load } })).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      received: "@tensorflow/tfjs-node, loaded before",
    });
  });

  it("give a reason where CUDA cannot run", async () => {
    const availability = await cudaIsAvailable();
    const reason = availability.available ? "@tensorflow/tfjs-node-gpu" : availability.reason;
    expect(reason).toContain("@tensorflow/tfjs-node-gpu");
  });
});
