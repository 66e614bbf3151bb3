import { readdirSync, readFileSync } from "node:fs";
import { isIsoconvError } from "@isoconv/core-spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isFull } from "../goldens.test.support.js";
import { readPicture } from "../node.js";
import { checkPicture } from "../picture.js";
import { mutated, mutationsOf } from "./mutations.test.support.js";

const folder = new URL("../../goldens/pictures/", import.meta.url);
const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))] as const));

/** Files of a test, of which `npm run test:full` has ten for each format, so that each ends soon. */
const RUNS = isFull ? 2000 : 1000;
const tests = [".png", ".jpg", ".webp", ".gif"].flatMap((extension) =>
  Array.from({ length: isFull ? 10 : 1 }, () => extension),
);
/** A header may claim as much, and the decoder may allocate as much; the largest base has 43×29 pixels. */
const MOST_PIXELS = 2 ** 22;

it("refuses a small GIF with a huge screen, before anything is allocated for it", async () => {
  const file = Uint8Array.from(files.get("plain.gif") ?? []);
  new DataView(file.buffer).setUint32(6, 0x1fff_1fff, true);
  await expect(readPicture("huge.gif", file)).rejects.toThrow(
    /^INVALID_FILE: huge\.gif: .* of 8191×8191 pixels, more than its \d+ bytes can hold/,
  );
});

it.each(tests)(`reads or refuses ${RUNS} mutated %s files`, async (extension) => {
  const outcomes = { accepted: 0, refused: 0, slowest: 0 };
  const bases = [...files.keys()].filter((name) => name.endsWith(extension));
  await fc.assert(
    fc.asyncProperty(mutationsOf(bases), async (mutation) => {
      const file = mutated(files.get(mutation.base) ?? new Uint8Array(0), mutation);
      const before = process.memoryUsage().arrayBuffers;
      const start = process.cpuUsage();
      const result = await readPicture("given", file, { maxPixels: MOST_PIXELS }).catch((error: unknown) => error);
      const { user, system } = process.cpuUsage(start);
      outcomes.slowest = Math.max(outcomes.slowest, (user + system) / 1e6);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * file.length + 2 ** 26);
      if (isIsoconvError(result, "INVALID_FILE")) {
        expect(result.path).toBe("given");
        outcomes.refused += 1;
      } else {
        if (result instanceof Error) throw result;
        const picture = result as Awaited<ReturnType<typeof readPicture>>;
        checkPicture(picture);
        expect(picture.mode).toBe("RGB");
        expect(picture.width * picture.height).toBeLessThanOrEqual(MOST_PIXELS);
        outcomes.accepted += 1;
      }
    }),
    { numRuns: RUNS },
  );
  // The test is only useful if some mutated files are read and some are refused.
  expect(outcomes.accepted).toBeGreaterThan(RUNS / 200);
  expect(outcomes.refused).toBeGreaterThan(RUNS / 5);
  // Seconds of processor time for one file.
  expect(outcomes.slowest).toBeLessThan(1);
});
