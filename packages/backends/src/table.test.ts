import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { backends } from "./table.js";

const packages = new URL("../../", import.meta.url);

/** What the packages of adapters export, as programs import it. */
function exportedModules(name: string): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), "utf8"));
  const { exports } = manifest as { readonly exports: Readonly<Record<string, unknown>> };
  return Object.keys(exports).map((key) => `@isoconv/${name}${key.slice(1)}`);
}

it("has a row for every module that the adapters export, and no other", () => {
  const adapters = new Set(backends.map(({ module }) => module.split("/")[1]));
  const exported = [...adapters].flatMap(exportedModules);
  expect(backends.map(({ module }) => module).toSorted()).toEqual(exported.toSorted());
});

it("names each backend once", () => {
  expect(new Set(backends.map(({ id }) => id)).size).toBe(backends.length);
});
