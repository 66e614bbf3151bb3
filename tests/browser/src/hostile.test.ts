import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { readSafetensors } from "@isoconv/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostileOutcomes, Reader, SentFile } from "./hostile-page.js";
import { mutatedFiles } from "./mutated-bytes.test.support.js";
import { hasBrowser, testPages, type OpenPage } from "./pages.test.support.js";

interface Base {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const isFull = process.env["ISOCONV_FULL"] === "1";
/** In a format. Continuous integration has seconds for this, and Node reads many more. */
const FILES = isFull ? 5000 : 400;
/** That travel to the page together. */
const BATCH = 200;

const root = new URL("../../../", import.meta.url);
const goldens = new URL("packages/vision/goldens/", root);
const decoded = JSON.parse(readFileSync(new URL("decode.json", goldens), "utf8")) as readonly {
  readonly file: string;
  readonly refused?: string;
}[];

function packed(name: string): ReadonlyMap<string, Base> {
  const file = readFileSync(new URL(`goldens/data/${name}.safetensors.br`, root));
  const { tensors } = readSafetensors(brotliDecompressSync(file));
  return new Map([...tensors].map(([name, tensor]) => [name, { name, bytes: tensor.bytes().slice() }]));
}

const weights = new Map([...packed("checkpoints"), ...packed("array-files")]);
const named = (...names: readonly string[]): readonly Base[] => names.map((name) => weights.get(name)!);
const inFolder = (folder: string): readonly Base[] =>
  [...weights.values()]
    .filter(({ name }) => name.startsWith(folder))
    .map(({ name, bytes }) => ({ name: name.slice(folder.length), bytes }));

const formats: Readonly<Record<string, { readonly bases: readonly Base[]; readonly siblings?: readonly Base[] }>> = {
  safetensors: { bases: named("sharded/model-00001-of-00002.safetensors") },
  "safetensors in parts": {
    bases: named("sharded/model.safetensors.index.json"),
    siblings: inFolder("sharded/"),
  },
  "pth, zip": { bases: named("torch-2.15/strides.zip.2.pth", "torch-1.13/training.zip.4.pth") },
  "pth, legacy": { bases: named("torch-1.13/state-dict.legacy.2.pth", "torch-2.15/shared.legacy.2.pth") },
  npz: { bases: named("with-texts.npz", "few-deflated.npz", "fortran-big-half.npy") },
  "tfjs json": { bases: named("layers/model.json"), siblings: inFolder("layers/") },
  Keras: { bases: named("plain.h5", "deflated.keras") },
};

/** Those that Pillow reads. */
const picturesOf = (extension: string): readonly Base[] =>
  decoded
    .filter(({ file, refused }) => file.endsWith(extension) && refused === undefined)
    .map(({ file }) => ({ name: file, bytes: Uint8Array.from(readFileSync(new URL(`pictures/${file}`, goldens))) }));

const sent = ({ name, bytes }: Base): SentFile => ({ name, base64: Buffer.from(bytes).toString("base64") });

describe.skipIf(!hasBrowser)("a page that is given mutated files", () => {
  const { open } = testPages();
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await open("/hostile.html");
    await opened.page.waitForFunction(() => window.readMutated !== undefined);
  });
  afterAll(() => opened.page.close());

  async function read(reader: Reader, files: readonly Base[], siblings: readonly Base[]): Promise<HostileOutcomes> {
    const outcomes = await opened.page.evaluate(
      ([reader, files, siblings]) => window.readMutated?.(reader, files, siblings),
      [reader, files.map(sent), siblings.map(sent)] as const,
    );
    return outcomes ?? { accepted: 0, refused: 0, defects: [] };
  }

  async function readOrRefuse(reader: Reader, bases: readonly Base[], siblings: readonly Base[] = []): Promise<void> {
    let refused = 0;
    for (let done = 0; done < FILES; done += BATCH) {
      const outcomes = await read(reader, mutatedFiles(bases, BATCH), siblings);
      expect(outcomes.defects).toEqual([]);
      expect(outcomes.accepted + outcomes.refused).toBe(BATCH);
      refused += outcomes.refused;
      // Decoders still work after files that broke them.
      expect(await read(reader, bases, siblings)).toEqual({ accepted: bases.length, refused: 0, defects: [] });
    }
    expect(refused).toBeGreaterThan(FILES / 20);
  }

  it.each(Object.entries(formats))("of %s reads or refuses them", async (_format, { bases, siblings }) => {
    await readOrRefuse("weights", bases, siblings);
  });

  it.each([".png", ".jpg", ".webp", ".gif"])("of %s reads or refuses them", async (extension) => {
    await readOrRefuse("pictures", picturesOf(extension));
  });

  it("has no uncaught error", () => {
    expect(opened.errors).toEqual([]);
  });
});
