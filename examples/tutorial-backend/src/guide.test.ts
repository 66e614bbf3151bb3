import { readdir, readFile } from "node:fs/promises";
import { planConformance } from "@isoconv/conformance";
import { describe, expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const guide = await readFile(new URL("docs/write-a-backend.md", root), "utf8");
const template = new URL("packages/conformance/templates/backend/src/", root);

/** Ignores indentation and line breaks, which the formatter may change. */
const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const sources = await Promise.all(
  (await readdir(template)).map(async (name) => words(await readFile(new URL(name, template), "utf8"))),
);

it("every piece of TypeScript in the guide is part of the template, which compiles", () => {
  const pieces = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, piece]) => words(piece ?? ""));
  expect(pieces.length).toBeGreaterThan(6);
  for (const piece of pieces) {
    expect(
      sources.some((source) => source.includes(piece)),
      piece,
    ).toBe(true);
  }
});

/** Finds case ids and globs of them in a text; `NAME` stands for any operation. */
function caseGlobs(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w./-])(?:op|graph|model|trap|error|probe|contract)\/[\w*./=-]*[\w*]/g);
  return [...found].map(([glob]) => glob.replace("/NAME/", "/*/"));
}

describe("every case id and every glob names cases that are planned", () => {
  it.each([
    ["docs/write-a-backend.md", 6],
    ["docs/worked-example.md", 5],
    ["packages/conformance/README.md", 5],
    ["packages/conformance/templates/backend/README.md", 2],
    ["apps/cli/README.md", 1],
  ])("in %s", async (page, atLeast) => {
    const globs = caseGlobs(await readFile(new URL(page, root), "utf8"));
    expect(globs.length).toBeGreaterThanOrEqual(atLeast);
    // A glob that matches no case is refused.
    expect(planConformance({ filter: [...new Set(globs)] }).cases.length).toBeGreaterThan(0);
  });
});
