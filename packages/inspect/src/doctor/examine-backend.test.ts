import { createBackend } from "@isoconv/backend-reference";
import { IsoconvError, type Backend } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { examineBackend, isAsDeclared } from "./examine-backend.js";

const counted = () => {
  let [created, disposed] = [0, 0];
  const create = async (): Promise<Backend> => {
    const backend = await createBackend();
    created += 1;
    const dispose = backend.dispose.bind(backend);
    backend.dispose = () => dispose().finally(() => (disposed += 1));
    backend[Symbol.asyncDispose] = () => backend.dispose();
    return backend;
  };
  return { create, counts: () => [created, disposed] };
};

describe("examineBackend", () => {
  it("probes the arithmetic, counts threads, and disposes what it created", async () => {
    const { create, counts } = counted();
    const countThreads = async (work: () => Promise<void>): Promise<number> => {
      await work();
      return 3;
    };
    const finding = await examineBackend({ id: "r", create }, { threads: 4, countThreads });
    expect(finding).toMatchObject({
      backend: "r",
      available: true,
      arithmetic: "f32",
      threads: { asked: 4, reported: 1, used: 3 },
    });
    expect(finding.available && isAsDeclared(finding)).toBe(true);
    expect(counts()).toEqual([1, 1]);
  });

  it("gives the reason, and the underlying error if the reason does not contain it", async () => {
    const fails = (error: unknown) =>
      examineBackend({
        id: "x",
        create: async () => {
          throw error;
        },
      });
    const cause = new Error("outer", { cause: new Error("libcudnn.so.9: not found") });
    expect(
      await fails(new IsoconvError("BACKEND_UNAVAILABLE", { path: "x", what: "no CUDA", hint: "Install it", cause })),
    ).toEqual({ backend: "x", available: false, reason: "no CUDA. Install it", cause: "libcudnn.so.9: not found" });
    expect(await fails(new Error("no CUDA"))).toMatchObject({ reason: "no CUDA", cause: null });
    expect(await fails(new Error("outer", { cause: { message: "both fetches failed" } }))).toMatchObject({
      cause: "both fetches failed",
    });
    expect(await fails(new Error("outer", { cause: null }))).toMatchObject({ reason: "outer", cause: null });
    expect(await fails("text")).toMatchObject({ reason: "text", cause: null });
  });

  it("gives up a backend that does not start, and disposes it when it starts later", async () => {
    const { create, counts } = counted();
    const late = () => new Promise<Backend>((resolve) => void setTimeout(() => resolve(create()), 60));
    const finding = await examineBackend({ id: "late", create: late }, { timeLimit: 10 });
    expect(finding).toMatchObject({ available: false, reason: "it did not start within 0.01 s" });
    await expect.poll(counts).toEqual([1, 1]);
  });

  it("gives up a backend whose run never ends, and disposes it", async () => {
    const { create, counts } = counted();
    const deaf = async (): Promise<Backend> => {
      const backend = await create();
      const compile = backend.compile.bind(backend);
      backend.compile = async (...args) => Object.assign(await compile(...args), { run: () => new Promise(() => {}) });
      return backend;
    };
    const finding = await examineBackend({ id: "deaf", create: deaf }, { timeLimit: 300 });
    expect(finding).toMatchObject({ available: false, reason: "it did not answer within 0.3 s" });
    await expect.poll(counts).toEqual([1, 1]);
  });

  it("needs no Symbol.asyncDispose, which some engines lack", async () => {
    const old = async (): Promise<Backend> => {
      const backend = await createBackend();
      const compile = backend.compile.bind(backend);
      const without = { [Symbol.asyncDispose]: undefined } as never;
      backend.compile = async (...args) => Object.assign(await compile(...args), without);
      return Object.assign(backend, without);
    };
    expect(await examineBackend({ id: "old", create: old }, { countThreads: async () => 1 })).toMatchObject({
      available: true,
      threads: { used: 1 },
    });
  });
});
