import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { shots } from "./shots.js";

const docs = new URL("../../../docs/", import.meta.url);

it("every picture of the demo is in the list of shots, with the same size", async () => {
  const files = (await readdir(new URL("images/", docs))).filter((name) => name.startsWith("demo-"));
  expect(files.toSorted()).toEqual(shots.map(({ name }) => `demo-${name}.png`).toSorted());
  for (const { name, width, height } of shots) {
    const png = await readFile(new URL(`images/demo-${name}.png`, docs));
    // In a PNG, width and height start at byte 16.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  }
});

it("every picture is shown in a README", async () => {
  const texts = await Promise.all(
    ["../README.md", "../apps/demo/README.md"].map((path) => readFile(new URL(path, docs), "utf8")),
  );
  for (const { name } of shots) expect(texts.join("")).toContain(`docs/images/demo-${name}.png`);
});
