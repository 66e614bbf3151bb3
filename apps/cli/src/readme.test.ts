import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isoconv } from "./command.test.support.js";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

let folder: string;
let commands: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-readme-"));
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  const readme = await readFile(join(repository, "README.md"), "utf8");
  const [, network = ""] = /```ts\n(\/\/ my-network\.js\n.*?)```/s.exec(readme) ?? [];
  await writeFile(join(folder, "my-network.js"), network);
  commands = [...readme.matchAll(/^isoconv (\w+ \.\/my-network\.js.*?)(?: +#.*)?$/gm)].map(([, command]) => command);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("the README's own network is summarised and run as the README says", async () => {
  expect(commands).toHaveLength(2);
  const [summary, run] = await Promise.all(commands.map((command) => isoconv(folder, ...command.split(" "))));
  expect(summary).toMatchObject({ status: 0, stdout: expect.stringMatching(/^my-network, input N×3×64×64\n/) });
  expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining("seeded weights 1") });
});
