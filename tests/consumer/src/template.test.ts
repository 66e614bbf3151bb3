import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { execute, packedProject, type PackedProject } from "./packed-project.test.support.js";

let packed: PackedProject;
let backend: string;
let modules: string;
beforeAll(async () => {
  packed = await packedProject();
  modules = join(packed.path, "node_modules");
  backend = join(packed.path, "my-backend");
  await cp(join(modules, "@isoconv/conformance/templates/backend"), backend, { recursive: true });
  await symlink(modules, join(backend, "node_modules"));
}, 120_000);
afterAll(() => packed.remove());

it("the template for a backend compiles, and gets a partial verdict from the command and from vitest", async () => {
  await execute(process.execPath, [join(modules, "typescript/bin/tsc")], { cwd: backend });
  const isoconv = join(modules, "@isoconv/cli/bin/isoconv.js");
  const command = await execute(process.execPath, [isoconv, "conformance", "--backend", "./dist/index.js"], {
    cwd: backend,
  });
  expect(command.stdout).toMatch(/^partial: /m);
  expect(command.stdout).not.toMatch(/^(fail|error) /m);

  const vitest = await execute(process.execPath, [join(modules, "vitest/vitest.mjs"), "run", "--dir", "src"], {
    cwd: backend,
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(vitest.stdout).toMatch(/Tests +\d+ passed \| \d+ skipped/);
}, 120_000);
