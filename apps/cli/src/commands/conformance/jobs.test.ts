import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isoconv } from "../../command.test.support.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "isoconv-jobs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filter = ["--filter", "op/relu/exact/*", "--filter", "op/relu/special/*", "--filter", "probe/*"];

test("a run in several threads has the results of a run in one, in the order of the plan", async () => {
  const run = ["conformance", "--backend", "reference", ...filter, "--json"];
  const [one, three] = await Promise.all([
    isoconv(folder, ...run, "--jobs", "1"),
    isoconv(folder, ...run, "--jobs", "3"),
  ]);
  expect(three.status).toBe(0);
  expect(JSON.parse(three.stdout)).toEqual(JSON.parse(one.stdout));
});

test("a failure in a thread fails the run, and --bail leaves the other cases out", async () => {
  const module = join(folder, "broken.mjs");
  const reference = import.meta.resolve("@isoconv/backend-reference");
  writeFileSync(
    module,
    `import { createBackend as create } from ${JSON.stringify(reference)};
     export async function createBackend() {
       const backend = await create();
       return {
         get id() { return "broken"; },
         get capabilities() { return backend.capabilities; },
         memory: () => backend.memory(),
         dispose: () => backend.dispose(),
         async compile(...given) {
           const executable = await backend.compile(...given);
           return {
             get graph() { return executable.graph; },
             dispose: () => executable.dispose(),
             run: async (...feeds) => {
               const results = await executable.run(...feeds);
               return Object.fromEntries(Object.entries(results).map(([name, { shape, data, dtype }]) =>
                 [name, { dtype, shape, data: data.map((value) => value + 1) }]));
             },
           };
         },
       };
     }`,
  );
  const { status, stdout } = await isoconv(
    folder,
    "conformance",
    "--backend",
    module,
    ...filter,
    "--jobs",
    "2",
    "--bail",
  );
  expect(status).toBe(1);
  expect(stdout).toMatch(/[1-9]\d* skip/);
});

test("a backend that does not start in a thread is not available", async () => {
  const module = join(folder, "only-here.mjs");
  writeFileSync(
    module,
    `import { isMainThread } from "node:worker_threads";
     export async function createBackend() { throw new Error(isMainThread ? "main" : "no threads"); }`,
  );
  const { status, stderr } = await isoconv(folder, "conformance", "--backend", module, ...filter, "--jobs", "2");
  expect(status).toBe(3);
  expect(stderr).toMatch(/--jobs.*does not start in a thread: .*no threads.*--jobs 1/s);
});
