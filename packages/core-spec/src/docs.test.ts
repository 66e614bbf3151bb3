import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderOpsDocs } from "./docs.js";
import { docOf } from "./ops/docs.js";
import { definitionOf, opNames } from "./registry.js";

const text = renderOpsDocs();

test("docs/ops.md matches the registry; `npm run docs` rewrites it", () => {
  const written = readFileSync(new URL("../../../docs/ops.md", import.meta.url), "utf8");
  expect(written === text, "docs/ops.md is out of date: run `npm run build && npm run docs`").toBe(true);
});

test("every operation has a section, a link to it, its operands and its attributes", () => {
  for (const op of opNames) {
    expect(text).toContain(`](#${op.toLowerCase()})`);
    const section = text.split(`\n### ${op}\n`)[1].split("\n##")[0];
    const { inputs, attrs } = definitionOf(op);
    const { notes, formula } = docOf(op);
    for (const name of [...Object.keys(inputs), ...Object.keys(attrs)])
      expect(section, op).toContain(`| \`${name}\` |`);
    for (const line of [formula, ...notes, "**Accuracy**", "**Special values**"]) expect(section, op).toContain(line);
  }
});
