import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";
import { holdSamples } from "./held-samples.test.support.js";
import { rowOf } from "./table.test.support.js";
import { injected, reloadFailing } from "./workers.test.support.js";

const boxOf = (page: Page, written: string): Locator =>
  page.getByRole("region", { name: "Drawing of the architecture" }).getByRole("button", { name: written });

/** The number of colours in an element's canvas: one while it is blank. */
function colorsIn(figure: Locator): Promise<number> {
  return figure
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(pixels.buffer)).size;
    });
}

/** Counts the canvases painted from now on, until none was painted for ten frames. */
async function countPaints(page: Page): Promise<() => Promise<number>> {
  const paints = await page.evaluateHandle(() => {
    const count = { all: 0 };
    const proto = CanvasRenderingContext2D.prototype;
    const paint = Reflect.get(proto, "putImageData") as (...given: unknown[]) => void;
    proto.putImageData = function (...given: unknown[]) {
      count.all += 1;
      Reflect.apply(paint, this, given);
    };
    return count;
  });
  return () =>
    paints.evaluate(async (count) => {
      for (let [quiet, before] = [0, count.all]; quiet < 10; quiet += 1) {
        await new Promise(requestAnimationFrame);
        if (count.all !== before) [quiet, before] = [0, count.all];
      }
      return count.all;
    });
}

/** Parses a number as the view writes it. */
const numberIn = (text: string | undefined): number => Number(text?.replace("−", "-").replace("e−", "e-"));

/** Checks that the shown mean and bias add up to the shown logit. */
async function expectSum(panel: Locator): Promise<void> {
  const text = await panel.getByText("Mean of the map").innerText();
  const [mean, bias, logit] = /map (.*), bias (.*): their sum is the logit (.*)\.$/.exec(text)?.slice(1) ?? [];
  const chosen = panel.getByRole("combobox", { name: "Class" }).locator("option:checked");
  await expect.poll(() => chosen.innerText()).toContain(`logit ${logit}`);
  // Each number is shown with three digits.
  const error = Math.abs(numberIn(mean) + numberIn(bias) - numberIn(logit));
  expect(error).toBeLessThanOrEqual(0.006 * Math.abs(numberIn(logit)));
}

describe.skipIf(!hasBrowser)("looking inside", () => {
  const { open } = demoPages();

  it("shows a clicked layer on two backends, and their difference as a share of the bound", async () => {
    const { page, complaints } = await open("view=inside&a=onnx-wasm&b=tfjs-webgl");
    await boxOf(page, "conv 5×5, 16").click();
    const panel = page.getByRole("tabpanel", { name: "Feature maps" });
    await panel.getByText("Layer 4: onnx-wasm and tfjs-webgl compared.").waitFor();
    await expect.poll(() => boxOf(page, "conv 5×5, 16").getAttribute("aria-pressed")).toBe("true");

    const channels = panel.getByRole("list", { name: "Channels" }).getByRole("button");
    await expect.poll(() => channels.count()).toBe(16);
    for (const channel of await channels.all()) await expect.poll(() => colorsIn(channel)).toBeGreaterThan(1);

    const figures = panel.getByRole("table", { name: "Layer 4 on both backends" });
    for (const [name, verdict] of [
      ["A: onnx-wasm", "within its bound"],
      ["B: tfjs-webgl", "within its bound"],
      ["A − B", "within the sum of both bounds"],
    ] as const) {
      const row = await rowOf(figures, name);
      expect(row["Verdict"]).toBe(verdict);
      // Two implementations of a sigmoid differ in the last bits.
      expect(numberIn(row["Largest share of the bound"])).toBeGreaterThan(0);
      expect(numberIn(row["Largest share of the bound"])).toBeLessThanOrEqual(1);
    }

    const { "Largest share of the bound": worst, Where: where } = await rowOf(figures, "A − B");
    await panel.getByRole("radio", { name: "A − B, share of the bound" }).check();
    const channel = Number(where?.split(", ")[1]);
    await channels.nth(channel).press("Enter");
    const detail = panel.getByRole("region", { name: `Channel ${channel}` });
    const difference = detail.getByRole("img", { name: "A − B, share of the bound" });
    const label = (await difference.getAttribute("aria-label")) ?? "";
    const [, low, high] = /: (\S+) to (\S+)$/.exec(label) ?? [];
    expect(Math.max(-numberIn(low), numberIn(high))).toBe(numberIn(worst));
    await expect.poll(() => colorsIn(difference)).toBeGreaterThan(8);
    await detail.getByRole("img", { name: `B: tfjs-webgl, Channel ${channel}` }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("moves between boxes with the arrow keys, and a layer that only moves data is bit-identical", async () => {
    const { page, complaints } = await open("view=inside&a=tfjs-cpu&b=onnx-wasm");
    await boxOf(page, "conv 5×5, 6").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "End", "ArrowLeft"]) {
      await page.keyboard.press(key);
    }
    const focused = page.locator(":focus");
    await expect.poll(() => focused.getAttribute("aria-label")).toContain("linear, 10");
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowUp"]) await page.keyboard.press(key);
    await expect.poll(() => focused.getAttribute("aria-label")).toContain("flatten");
    await page.keyboard.press("Enter");
    await page.getByText("Layer 6: tfjs-cpu and onnx-wasm compared.").waitFor();
    const row = await rowOf(page.getByRole("table", { name: "Layer 6 on both backends" }), "A − B");
    expect(row["Largest share of the bound"]).toBe("0");
    await page.getByText("This operation only moves data").waitFor();
    await page.getByRole("img", { name: "A: Bars from" }).waitFor();
    // The list shows the same choice as the drawing.
    await expect.poll(() => page.getByRole("combobox", { name: "Layer" }).inputValue()).toBe("6");
    expect(complaints).toEqual([]);
  });

  it("shows a channel from a link, also beyond the first page, and keeps the pages already shown", async () => {
    const layer = "model=resnet18&size=32&weights=seed:1&node=layer2.0.add";
    const { page, complaints } = await open(`view=inside&${layer}&channel=70&a=reference&b=tfjs-wasm`);
    await page.getByText("Layer layer2.0.add: reference and tfjs-wasm compared.").waitFor();
    await page.getByRole("region", { name: "Channel 70" }).waitFor();
    const channels = page.getByRole("list", { name: "Channels" }).getByRole("button");
    await expect.poll(() => channels.count()).toBe(128);
    const painted = await countPaints(page);
    await channels.nth(3).click();
    await page.getByRole("region", { name: "Channel 3" }).waitFor();
    await expect.poll(() => channels.count()).toBe(128);
    // The five enlarged images of the channel, and none of the grid.
    await expect.poll(painted).toBe(5);
    const figures = page.getByRole("table", { name: "Layer layer2.0.add on both backends" });
    expect((await rowOf(figures, "A: reference"))["Verdict"]).toBe("within its bound");
    expect(complaints).toEqual([]);
  });

  it("repaints bars when the page switches to dark", async () => {
    const { page } = await open("view=inside&node=11", { colorScheme: "light" });
    const bars = page.getByRole("img", { name: "A: Bars from" });
    await bars.waitFor();
    const ink = (): Promise<string> =>
      bars.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        const at = data.findIndex((byte, index) => index % 4 === 3 && byte === 255);
        return `rgb(${data.slice(at - 3, at).join(", ")})`;
      });
    const color = (): Promise<string> => bars.evaluate((canvas) => getComputedStyle(canvas).color);
    await expect.poll(ink).toBe(await color());
    const before = await ink();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(color).not.toBe(before);
    await expect.poll(ink).toBe(await color());
  });

  it("shows why the architecture is missing, and retries on request", async () => {
    const { page, complaints } = await open("view=inside");
    await reloadFailing(page, { task: "insidePlan" });
    await page.getByRole("alert").getByText(injected).waitFor();
    await expect.poll(() => page.getByText("Loading…").count()).toBe(0);
    await page.getByRole("button", { name: "Run again" }).click();
    await boxOf(page, "conv 5×5, 16").waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows that the samples are loading, and why they fail to load", async () => {
    const { page } = await open("view=inside");
    await boxOf(page, "conv 5×5, 16").waitFor();
    const letFail = await holdSamples(page);
    const panel = page.getByRole("tabpanel", { name: "Feature maps" });
    await expect.poll(() => panel.innerText()).toBe("Loading…");
    letFail();
    await panel.getByRole("alert").waitFor();
  });

  it("shows the filters of the first convolution", async () => {
    const { page, complaints } = await open("view=inside");
    await page.getByRole("tab", { name: "Feature maps" }).press("ArrowRight");
    const panel = page.getByRole("tabpanel", { name: "First filters" });
    await panel.getByRole("heading", { name: "6 filters of 5 × 5" }).waitFor();
    const filters = panel.getByRole("list", { name: "Filters" }).getByRole("img");
    await expect.poll(() => filters.count()).toBe(6);
    for (const filter of await filters.all()) await expect.poll(() => colorsIn(filter)).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it("shows where the evidence for a class is: map mean and bias add up to the logit", async () => {
    const { page, complaints } = await open("view=inside&panel=activation&model=d2l/nin&size=128&weights=seed:1");
    const panel = page.getByRole("tabpanel", { name: "Class activation" });
    await panel.getByRole("img", { name: "The map alone, 2 × 2" }).waitFor();
    await panel.getByRole("combobox", { name: "Class" }).selectOption({ index: 9 });
    await panel.getByRole("img", { name: "The input with the evidence for" }).waitFor();
    await expectSum(panel);
    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/densenet");
    await panel.getByRole("combobox", { name: "Class" }).selectOption({ index: 0 });
    await panel.getByRole("img", { name: "with the evidence for Ankle boot" }).waitFor();
    await panel.getByText("the map shows how much evidence there is, but not where").waitFor();
    await expectSum(panel);

    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/lenet");
    await panel.getByText("A class activation map needs global average pooling").waitFor();
    expect(complaints).toEqual([]);
  });

  it("stops on request, and can be run again", async () => {
    const { page, complaints } = await open("view=inside&model=resnet18&size=112&node=fc&a=reference&b=onnx-wasm");
    await page.getByText("Running (reference)…").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByText("Layer fc: reference and onnx-wasm compared.").waitFor();
    expect(complaints).toEqual([]);
  });
});
