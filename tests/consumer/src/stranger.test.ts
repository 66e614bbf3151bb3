import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveTarballs, type OwnRegistry } from "./own-registry.test.support.js";
import { execute, isFull, packedProject, type PackedProject, root } from "./packed-project.test.support.js";

/** A dependency of conformance, asked for once: without a registry there is nothing to install. */
const registryError = await execute("npm", ["view", "fast-check@4.10.2", "version", "--fetch-retries=0"], {
  timeout: 60_000,
}).then(
  () => undefined,
  (error: unknown) => String(error),
);
const isRequired = (process.env["CI"] ?? "") !== "";

/** Downloads, and whole runs of the suite: a limit against hangs only. */
const MINUTES = 20 * 60_000;

it("npm reaches a registry for third-party packages", ({ skip }) => {
  if (!isRequired && registryError !== undefined) skip(`${registryError}; CI=true makes this a failure`);
  expect(registryError).toBeUndefined();
});

/** The commands of all blocks of shell of a document, one each; `cd` says where those after it run. */
async function commandsOf(path: string): Promise<readonly string[]> {
  const text = await readFile(join(root, path), "utf8");
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block.trim().split("\n"));
  return blocks.flat().flatMap((line) => line.replace(/\s+#.*/, "").split(" && "));
}
const guide = await commandsOf("docs/write-a-backend.md");
const [installConformance, ...rest] = guide;
const template = await commandsOf("packages/conformance/templates/backend/README.md");
/** What the guide has had done is not done again for the README of the template. */
const commands = [...new Set([...rest, ...template])];

interface Outcome {
  readonly status: number;
  /** What it wrote to stderr, then what it wrote to stdout. */
  readonly text: string;
}

/** How `npm test` shortens the commands that run a whole plan, which takes minutes. */
const shortened: readonly (readonly [command: RegExp, further: string])[] = [
  [/^npx isoconv conformance (?!.*--(filter|replay))/, "--filter 'op/relu/exact/**'"],
  [/^npm run conformance$/, "-- --filter 'op/*/exact/**'"],
  [/^npm test$/, "-- -t relu"],
];

function inPart(command: string): string {
  const further = isFull ? undefined : shortened.find(([whole]) => whole.test(command))?.[1];
  return further === undefined ? command : `${command} ${further}`;
}

/** In this order, each on what those before it left behind: from an empty folder to a conformant backend. */
describe.skipIf(registryError !== undefined && !isRequired)("a user who has only the packed packages", () => {
  let packed: PackedProject;
  let registry: OwnRegistry;
  let folder: string;
  let backend: string;
  let cwd: string;
  beforeAll(async () => {
    packed = await packedProject();
    registry = await serveTarballs(packed);
    folder = await mkdtemp(join(tmpdir(), "isoconv-stranger-"));
    // Without one npm looks for a project in the folders above.
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
    backend = join(folder, "my-backend");
    await enter(folder);
  }, MINUTES);
  afterAll(async () => {
    registry.close();
    await packed.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** Every folder with a package.json has its own settings of npm. */
  async function enter(path: string): Promise<void> {
    cwd = path;
    await writeFile(join(cwd, ".npmrc"), registry.npmrc);
  }

  /** Runs a command as it stands; no package's install script runs. */
  async function shell(command: string): Promise<Outcome> {
    // What npm tells the scripts that it runs of the package they belong to, it would take for its own.
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle|config_.*prefix)/.test(name),
    );
    const env = {
      ...Object.fromEntries(inherited),
      ...registry.environment,
      npm_config_ignore_scripts: "true",
      NO_COLOR: "1",
    };
    const options = { cwd, env, timeout: MINUTES, maxBuffer: 2 ** 26 };
    return execute("sh", ["-c", command], options).then(
      ({ stdout, stderr }) => ({ status: 0, text: stderr + stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        status: code,
        text: stderr + stdout,
      }),
    );
  }

  it("installs the suite without any runtime", { timeout: MINUTES }, async () => {
    expect(await shell(installConformance)).toMatchObject({ status: 0 });
    const modules = join(folder, "node_modules");
    const installed = (await readdir(modules)).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["@isoconv", "@zip.js", "fast-check", "pure-rand"]);
    expect(await readdir(join(modules, "@isoconv"))).toEqual([
      "backend-reference",
      "conformance",
      "core-spec",
      "judge",
      "nn",
      "weights",
      "zoo",
    ]);
  });

  it.for(commands)("follows the guide: %s", { timeout: MINUTES }, async (command) => {
    const [, into] = /^cd (\S+)$/.exec(command) ?? [];
    if (into !== undefined) return enter(join(cwd, into));
    const { status, text } = await shell(inPart(command));
    expect(status, text).toBe(0);
    if (command === "npm run conformance") {
      expect(text.trim().split("\n").at(-1)).toMatch(/^partial: /);
      expect(text).not.toMatch(/^(fail|error) /m);
    }
    if (command === "npm test") expect(text).toMatch(/Tests +\d+ passed \| \d+ skipped/);
  });

  it("finds the report that the guide has written", async () => {
    const report = await readdir(join(backend, "report"));
    expect(report).toEqual(expect.arrayContaining(["junit.xml", "report.html", "report.json", "summary.md"]));
  });

  it("compares the backends that need no native runtime", { timeout: MINUTES }, async () => {
    const { status, text } = await shell("npx isoconv compare --rounds 1");
    expect(status, text).toBe(0);
    expect(text).toMatch(/2 backends agree with the float64 oracle/);
    expect(text).toMatch(/Not run: onnx-node, .*tfjs-cpu, .*isoconv doctor says what they need/);
  });

  const lacks: Readonly<Record<string, string>> = {
    "onnx-node": "npm install onnxruntime-node@1.30.0",
    "tfjs-cpu": "npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0",
    "tfjs-wasm": "npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0",
  };

  it("is told by the doctor what to install for the others", { timeout: MINUTES }, async () => {
    // A process examines each backend: of all of them in `npm run test:full`.
    const asked = isFull ? [] : Object.keys(lacks).map((id) => `--backend ${id}`);
    const { status, text } = await shell(["npx isoconv doctor", ...asked].join(" "));
    expect(status, text).toBe(isFull ? 0 : 3);
    for (const [id, command] of Object.entries(lacks)) {
      expect(text.split("\n").find((line) => line.startsWith(`- ${id}: `))).toContain(command);
    }
  });

  it.runIf(isFull).for([
    ["onnx-node", "compare --backend onnx-node"],
    ["onnx-node", "run d2l/lenet --backend onnx-node --input seed:1"],
    ["tfjs-cpu", "bench --backend tfjs-cpu --op relu --rounds 1"],
    ["tfjs-wasm", "diff d2l/lenet --a tfjs-wasm --b reference"],
  ])("is told what to install for %s: isoconv %s", { timeout: MINUTES }, async ([id, line]) => {
    const { status, text } = await shell(`npx isoconv ${line}`);
    expect(text).toContain(lacks[id]);
    expect(status).toBe(3);
  });

  it("fills in the table and gets a backend that conforms", { timeout: MINUTES }, async () => {
    const kernels = join(root, "examples/tutorial-backend/src");
    const files = (await readdir(kernels)).filter((file) => !/^index\.|\.test\./.test(file));
    for (const file of files) await cp(join(kernels, file), join(backend, "src", file));
    // `npm test` of the tutorial's backend runs a share of every family.
    const { status, text } = await shell(`npm run conformance${isFull ? "" : " -- --filter 'op/*/exact/**'"}`);
    const verdict = isFull ? /^conformant: all \d+ cases/ : /^partial: nothing failed unexpectedly/;
    expect(text.trim().split("\n").at(-1)).toMatch(verdict);
    expect(status).toBe(0);
  });
});
