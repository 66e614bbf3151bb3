import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isFull, packedProject, root, type PackedProject } from "./packed-project.test.support.js";
import { nodeModules } from "./subpaths.test.support.js";

/** Native code aborts the process if its thread is terminated during a run. */
const native = "@isoconv/backend-onnx/node";

/** Compiles a network whose runs take a while, and runs it again and again. */
const busy = `
import { float32, graphBuilder } from "@isoconv/core-spec";

export async function busy(subpath) {
  const { createBackend } = await import(subpath);
  const backend = await createBackend({ threads: 1 });
  const g = graphBuilder("busy");
  const w = g.parameter("w", [16, 16, 3, 3]);
  let x = g.input("x", [1, 16, 48, 48]);
  for (let layer = 0; layer < 4; layer += 1) x = g.conv2d({ x, w }, { pads: [1, 1, 1, 1] });
  const executable = await backend.compile(g.build({ y: x }), { w: float32([16, 16, 3, 3]) });
  const run = () => executable.run({ x: float32([1, 16, 48, 48]) });
  await run();
  return { backend, run };
}
`;

/** A program whose worker disposes its backend during a run and is terminated then, or is terminated during a run. */
const worker = `
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { busy } from "./busy.js";

if (isMainThread) {
  const [, , subpath, when] = process.argv;
  const worker = new Worker(new URL(import.meta.url), { workerData: { subpath, when } });
  const said = await new Promise((resolve) => worker.once("message", resolve));
  if (when === "during a run") await new Promise((resolve) => setTimeout(resolve, 20));
  await worker.terminate();
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(said);
} else {
  const { backend, run } = await busy(workerData.subpath);
  if (workerData.when === "after dispose") {
    const running = [run(), run()];
    await backend.dispose();
    const shapes = (await Promise.all(running)).map(({ y }) => y.shape.join("x"));
    parentPort.postMessage([...shapes, ...(backend.capabilities.notes ?? [])].join("; "));
  } else {
    parentPort.postMessage("running");
    for (;;) await run();
  }
}
`;

const main = `
import { busy } from "./busy.js";

const [, , subpath, handles] = process.argv;
const { backend, run } = await busy(subpath);
let isAsked = false;
if (handles === "handled") {
  process.once("SIGTERM", async () => {
    isAsked = true;
    await backend.dispose();
    console.log("disposed");
    process.exit(0);
  });
}
console.log("running");
const turn = () => new Promise((resolve) => setImmediate(resolve));
while (!isAsked) {
  await run();
  await turn();
}
`;

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** One stands for all in `npm test`: the others take half a minute. */
const subpaths = isFull ? nodeModules : nodeModules.filter((subpath) => subpath === "@isoconv/backend-onnx/wasm");

describe("a host that ends", () => {
  let packed: PackedProject;
  beforeAll(async () => {
    packed = await packedProject();
    for (const [name, text] of Object.entries({ busy, worker, main })) {
      await writeFile(join(packed.path, `${name}.js`), text);
    }
  });
  afterAll(() => packed.remove());

  /** Runs a program; sends it a signal once it says that it is running, if one is given. */
  function run(script: string, args: readonly string[], signal?: NodeJS.Signals): Promise<Ending> {
    const child = spawn(process.execPath, [join(packed.path, script), ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.stdout.on("data", (text: Buffer) => {
      output += text.toString();
      if (signal !== undefined && !child.killed && output.includes("running")) child.kill(signal);
    });
    return new Promise((resolve) => void child.once("close", (code, by) => resolve({ code, signal: by, output })));
  }

  it.for(subpaths)("terminates a worker that has disposed %s, which waited for its runs", async (subpath) => {
    const { output, ...ending } = await run("worker.js", [subpath, "after dispose"]);
    expect(ending).toEqual({ code: 0, signal: null });
    expect(output).toMatch(/^1x16x48x48; 1x16x48x48/);
    expect(output.includes("worker.terminate() during a run ends the whole process")).toBe(subpath === native);
  });

  it.for(subpaths.filter((subpath) => subpath !== native))(
    "terminates a worker during a run on %s",
    async (subpath) => {
      expect(await run("worker.js", [subpath, "during a run"])).toEqual({ code: 0, signal: null, output: "running\n" });
    },
  );

  it.for(subpaths)(
    "is ended by SIGTERM during runs on %s, or disposes first if it handles the signal",
    async (subpath) => {
      expect(await run("main.js", [subpath], "SIGTERM")).toEqual({
        code: null,
        signal: "SIGTERM",
        output: "running\n",
      });
      expect(await run("main.js", [subpath, "handled"], "SIGTERM")).toEqual({
        code: 0,
        signal: null,
        output: "running\ndisposed\n",
      });
    },
  );

  it("outlives a child process that it ends during a run on native code: the programs of docs/starting.md", async () => {
    const text = await readFile(join(root, "docs/starting.md"), "utf8");
    const programs = [...text.matchAll(/```js\n\/\/ (\S+\.js)\n(.*?)```/gs)];
    expect(programs.map(([, name]) => name)).toEqual(["inference.js", "app.js"]);
    for (const [, name, program] of programs) await writeFile(join(packed.path, name), program);
    expect(await run("app.js", [])).toEqual({ code: 0, signal: null, output: "[ 1, 10 ]\nended by SIGTERM\n" });
  });
});
