import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { definitionOf, opNames } from "./registry.js";

const operandsOf = (op: (typeof opNames)[number]) => Object.entries(definitionOf(op).inputs);
const parameterNames = new Set(
  opNames.flatMap((op) => operandsOf(op).flatMap(([name, { role }]) => (role === "parameter" ? [name] : []))),
);

test.each(opNames)("%s: its first operand is data, and no optional operand is", (op) => {
  const [[, first], ...rest] = operandsOf(op);
  expect(first.role).toBe("data");
  for (const [name, { role, arity }] of rest) {
    if (arity === "optional") expect(role, name).toBe("parameter");
  }
});

test("operands of one name have one role", () => {
  for (const op of opNames) {
    for (const [name, { role }] of operandsOf(op))
      expect(role === "parameter", `${op} ${name}`).toBe(parameterNames.has(name));
  }
});

test("no source guesses from names which operands are parameters", () => {
  const root = new URL("../../../", import.meta.url).pathname;
  const folders = ["packages", "apps"].flatMap((group) =>
    readdirSync(`${root}${group}`).map((name) => `${group}/${name}/src`),
  );
  const sources = [...folders, "benchmarks/src", "examples", "goldens/src", "reports/src"]
    .filter((folder) => existsSync(`${root}${folder}`))
    .flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => path.endsWith(".ts") && !/node_modules|\/dist\//.test(path));
  expect(sources.length).toBeGreaterThan(500);
  const guesses = sources.filter((path) => {
    const lists = readFileSync(`${root}${path}`, "utf8").matchAll(/new Set(?:<[^>]*>)?\(\[([^\]]*)\]/g);
    return [...lists].some(([, list]) => {
      const names = [...list.matchAll(/"([^"]*)"/g)].map(([, name]) => name);
      return names.length > 1 && names.every((name) => parameterNames.has(name));
    });
  });
  expect(guesses).toEqual([]);
});
