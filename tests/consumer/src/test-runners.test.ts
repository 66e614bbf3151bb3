import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { execute, packedProject, root, type PackedProject } from "./packed-project.test.support.js";
import { nodeModules } from "./subpaths.test.support.js";

/**
 * A test of a user that runs in Jest and in vitest. The weights have more than a mebibyte, so that ONNX Runtime receives
 * them beside the model.
 */
const userTest = (imports: string): string => `
${imports}
import { evaluate, float32, uniform } from "@isoconv/core-spec";

const size = [32, 1024, 3, 3];
const w = float32(size, uniform(1, "w", 32 * 1024 * 9, -1, 1));
const x = float32([1, 1024, 3, 3], uniform(1, "x", 1024 * 9, -1, 1));

async function convolve(createBackend, inputs) {
  const backend = await createBackend({ threads: 1 });
  const { data } = await evaluate(backend, "conv2d", inputs);
  await backend.dispose();
  expect(data).toBeInstanceOf(Float32Array);
  return [...data];
}

test.each(${JSON.stringify(nodeModules)})("%s", async (subpath) => {
  const { createBackend } = await import(subpath);
  const reference = await import("@isoconv/backend-reference");
  const expected = await convolve(reference.createBackend, { x, w });
  const results = await convolve(createBackend, { x, w });
  for (const [i, value] of results.entries()) expect(value).toBeCloseTo(expected[i], 3);
});
`;

describe("backends in test runners, whose typed arrays are not those of Node", () => {
  let packed: PackedProject;
  beforeAll(async () => {
    packed = await packedProject();
  });
  afterAll(() => packed.remove());

  async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const options = { cwd: packed.path, env: { ...process.env, VITEST: undefined, NO_COLOR: "1", ...env } };
    return execute(process.execPath, [...args], options).then(
      ({ stdout, stderr }) => stdout + stderr,
      ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => stdout + stderr,
    );
  }

  it("run in Jest, as ES modules", async () => {
    await writeFile(join(packed.path, "user.jest.js"), userTest(""));
    const config = { transform: {}, testRegex: "user\\.jest\\.js$", haste: { enableSymlinks: false } };
    await writeFile(join(packed.path, "jest.config.json"), JSON.stringify(config));
    const jest = join(root, "node_modules/jest/bin/jest.js");
    const output = await run([jest, "--config", "jest.config.json"], { NODE_OPTIONS: "--experimental-vm-modules" });
    expect(output).toContain(`Tests:       ${nodeModules.length} passed, ${nodeModules.length} total`);
  });

  it("run in vitest with jsdom, in processes and in contexts of node:vm", async () => {
    await writeFile(join(packed.path, "user.vitest.js"), userTest('import { expect, test } from "vitest";'));
    const project = (pool: string): object => ({
      test: { name: pool, pool, environment: "jsdom", include: ["user.vitest.js"] },
    });
    const config = { test: { projects: [project("forks"), project("vmThreads")] } };
    await writeFile(join(packed.path, "vitest.config.js"), `export default ${JSON.stringify(config)};`);
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const output = await run([vitest, "run"]);
    expect(output).toMatch(new RegExp(`Tests +${nodeModules.length * 2} passed`));
  });
});
