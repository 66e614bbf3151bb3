import type { Page } from "playwright";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasBrowser, testPages } from "./pages.test.support.js";

describe.skipIf(!hasBrowser)("a GPU that fails", () => {
  const { open } = testPages();
  let page: Page;
  beforeEach(async () => {
    ({ page } = await open("/gpu.html"));
    await page.waitForFunction(() => window.gpu !== undefined);
  });
  afterEach(() => page.close());

  describe.each(["tfjs-webgl", "tfjs-webgpu"] as const)("%s", (id) => {
    it("loses its device: runs fail with the cause, the next compilation gets another", async () => {
      const { during, afterwards, recompiled, stale } = await page.evaluate(
        (given) => window.gpu!.loseDevice(given),
        id,
      );
      expect(during).toMatchObject({
        code: "EXECUTION_FAILED",
        cause: expect.stringMatching(/lost|destroy/i) as string,
      });
      expect(afterwards).toMatchObject({ code: "EXECUTION_FAILED" });
      expect(recompiled).toEqual([220]);
      expect(stale.message).toContain("Compile the network again");
    });

    it("has no memory for one run and enough for the next", async () => {
      const { failed, small } = await page.evaluate((given) => window.gpu!.exhaust(given), id);
      expect(failed).toMatchObject({ code: "OUT_OF_MEMORY" });
      expect(small).toEqual([220]);
    });
  });

  it("refuses on WebGL the weights of VGG's first linear layer, when compiling", async () => {
    const outcome = await page.evaluate(() => window.gpu!.linear("tfjs-webgl", 25_088, 4096));
    expect(outcome).toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("4096×25088") as string });
  });
});

describe.skipIf(!hasBrowser)("shaders of TensorFlow.js", () => {
  const { open } = testPages();
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open("/gpu.html"));
    await page.waitForFunction(() => window.gpu !== undefined);
  });

  describe.each(["tfjs-webgl", "tfjs-webgpu"] as const)("%s", (id) => {
    it("read a flattened image as it lies, also after a matrix of that shape", async () => {
      const { averages, maxima } = await page.evaluate((given) => window.gpu!.pooled(given), id);
      expect(averages).toEqual([168, 456, 744]);
      expect(maxima).toEqual(averages);
    });

    it("write vectors into several rows of a texture, also after one that takes one row", async () => {
      expect(await page.evaluate((given) => window.gpu!.gelu(given, [10_000, 20_000, 10_000]), id)).toEqual([0, 0, 0]);
    });

    it("give 0 where a convolution with relu overflows to −∞", async () => {
      expect(await page.evaluate((given) => window.gpu!.overflow(given), id)).toEqual([0, 0]);
    });

    it.each([
      ["depthwise", "sums below 1e-15", 2 ** -80],
      ["maxPool2d", "maxima below −1e20", -(2 ** 100)],
      ["leakyRelu", "numbers that overflow when multiplied by the slope", 1.5 * 2 ** 127],
    ] as const)("of %s keep %s", async (op, _what, x) => {
      expect(
        await page.evaluate(([given, name, number]) => window.gpu!.unchanged(given, name, number), [
          id,
          op,
          x,
        ] as const),
      ).toBe(x);
    });
  });
});
