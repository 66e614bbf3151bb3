import { readFileSync } from "node:fs";
import type { PictureMode } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, testPages, type OpenPage } from "./pages.test.support.js";

/** What Pillow read in each of the committed files. */
interface Decoded {
  readonly file: string;
  readonly width?: number;
  readonly height?: number;
  readonly sha256?: Readonly<Partial<Record<PictureMode, string>>>;
  readonly refused?: string;
}

const CMYK = "cmyk.jpg";
const goldens = new URL("../../../packages/vision/goldens/", import.meta.url);
const files = JSON.parse(readFileSync(new URL("decode.json", goldens), "utf8")) as readonly Decoded[];

describe.skipIf(!hasBrowser)("readPicture in a page", () => {
  const { open } = testPages();
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await open("/vision.html");
    await opened.page.waitForFunction(() => window.readIn !== undefined);
  });
  afterAll(() => opened.page.close());

  const base64Of = (file: string): string => readFileSync(new URL(`pictures/${file}`, goldens)).toString("base64");

  it.each(files.filter(({ file }) => file !== CMYK))(
    "reads $file as Pillow does",
    async ({ file, refused, ...decoded }) => {
      const modes = Object.keys(decoded.sha256 ?? { RGB: "" }) as PictureMode[];
      const read = await opened.page.evaluate(([file, base64, modes]) => window.readIn?.(file, base64, modes), [
        file,
        base64Of(file),
        modes,
      ] as const);
      if (refused === undefined) expect(read).toEqual(decoded);
      else expect(read).toMatch(new RegExp(`^INVALID_FILE: ${file}: the file starts as `));
    },
  );

  it("reads CMYK as the browser does, within one level of Pillow", async () => {
    const read = await opened.page.evaluate(([file, base64]) => window.pixelsIn?.(file, base64), [
      CMYK,
      base64Of(CMYK),
    ] as const);
    const { data } = await readPicture(CMYK, readFileSync(new URL(`pictures/${CMYK}`, goldens)));
    expect(read).toHaveLength(data.length);
    expect(Math.max(...data.map((byte, index) => Math.abs(byte - (read?.[index] ?? 999))))).toBeLessThanOrEqual(1);
  });

  it("writes nothing to the console", () => {
    expect(opened.errors).toEqual([]);
  });
});
