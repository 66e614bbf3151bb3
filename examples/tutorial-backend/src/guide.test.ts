import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const guide = await readFile(new URL("docs/write-a-backend.md", root), "utf8");
const template = new URL("packages/conformance/templates/backend/src/", root);

/** Indentation and line breaks are the formatter's business. */
const words = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const sources = await Promise.all(
  (await readdir(template)).map(async (name) => words(await readFile(new URL(name, template), "utf8"))),
);

it("every piece of TypeScript in the guide is a piece of the template, which compiles", () => {
  const pieces = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, piece]) => words(piece ?? ""));
  expect(pieces.length).toBeGreaterThan(6);
  for (const piece of pieces) {
    expect(
      sources.some((source) => source.includes(piece)),
      piece,
    ).toBe(true);
  }
});
