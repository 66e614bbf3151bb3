import { expect, test } from "vitest";
import { rejection } from "../op-cases.test.support.js";
import { deferred, graph, loggingBackend, settle, x } from "./logging-backend.test.support.js";
import type { Program } from "./managed.js";

test("dispose of an executable waits for earlier runs and refuses later ones", async () => {
  const { backend, log } = loggingBackend();
  const executable = await backend.compile(graph, {});
  const runs = [executable.run({ x }), executable.run({ x })];
  const disposal = executable.dispose();
  expect((await rejection(executable.run({ x }))).code).toBe("DISPOSED");
  await disposal;
  await Promise.all(runs);
  expect(log).toEqual(["load", "run", "run", "program disposed"]);
});

test("dispose is idempotent, by either name", async () => {
  const { backend, log } = loggingBackend();
  const executable = await backend.compile(graph, {});
  await Promise.all([executable.dispose(), executable.dispose(), executable[Symbol.asyncDispose]()]);
  await Promise.all([backend.dispose(), backend.dispose(), backend[Symbol.asyncDispose]()]);
  expect(log).toEqual(["load", "program disposed", "driver disposed"]);
});

test("dispose of a backend refuses new work at once, waits for runs under way, frees all, the driver last", async () => {
  const { backend, log } = loggingBackend();
  const [one, two] = [await backend.compile(graph, {}), await backend.compile(graph, {})];
  const run = one.run({ x });
  const disposal = backend.dispose();
  expect((await rejection(one.run({ x }))).code).toBe("DISPOSED");
  expect((await rejection(two.run({ x }))).code).toBe("DISPOSED");
  expect((await rejection(backend.compile(graph, {}))).code).toBe("DISPOSED");
  await disposal;
  await run;
  expect(log).toEqual(["load", "load", "run", "program disposed", "program disposed", "driver disposed"]);
  expect((await rejection(two.run({ x }))).code).toBe("DISPOSED");
});

test("dispose of a backend while it compiles rejects the compilation and frees what it made", async () => {
  const gate = deferred();
  const log: string[] = [];
  const load = async (): Promise<Program> => {
    log.push("load");
    await gate.promise;
    return { run: async () => ({ y: x }), dispose: async () => void log.push("program disposed") };
  };
  const { backend, log: driverLog } = loggingBackend({ driver: { load } });
  const underWay = rejection(backend.compile(graph, {}));
  const queued = rejection(backend.compile(graph, {}));
  const disposal = backend.dispose();
  await settle();
  expect(driverLog).toEqual([]);
  gate.resolve();
  await disposal;
  expect([(await underWay).code, (await queued).code]).toEqual(["DISPOSED", "DISPOSED"]);
  expect([log, driverLog]).toEqual([["load", "program disposed"], ["driver disposed"]]);
});

test("a failing dispose is reported, and everything else is still freed", async () => {
  const dispose = async (): Promise<void> => {
    throw new Error("stuck");
  };
  const { backend, log } = loggingBackend({ program: { dispose } });
  await backend.compile(graph, {});
  const error = await rejection(backend.dispose());
  expect([error.code, error.cause]).toEqual(["EXECUTION_FAILED", new Error("stuck")]);
  expect(log).toEqual(["load", "driver disposed"]);
});
