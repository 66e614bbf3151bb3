import { createModel, modelSummary } from "@isoconv/zoo";
import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { firstGuesses } from "./comparing.test.support.js";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";
import { AT_ONCE, stop } from "./stopping.test.support.js";
import { bodyOf } from "./table.test.support.js";

const soundText = "Every layer fits.";
const editorOf = (page: Page): Locator => page.getByRole("textbox", { name: "The network" });
const layersOf = (page: Page): Locator => page.getByRole("table", { name: "Each layer with what it returns" });
const linesOf = (page: Page): ReturnType<typeof bodyOf> => bodyOf(layersOf(page));

/** Replaces a part of the text, as a reader does in the editor. */
async function change(page: Page, from: string, to: string): Promise<void> {
  const editor = editorOf(page);
  const text = await editor.inputValue();
  if (!text.includes(from)) throw new Error(`the editor has no ${from}`);
  await editor.fill(text.replace(from, to));
}

const runButton = (page: Page): Locator => page.getByRole("button", { name: "Run", exact: true });
const outcomeOn = (page: Page, backend: string): Locator => page.getByRole("heading", { name: `On ${backend}` });

/** Types the seed and leaves the field. */
async function chooseSeed(page: Page, seed: string): Promise<void> {
  const input = page.getByRole("spinbutton", { name: "Seed" });
  await input.fill(seed);
  await input.press("Tab");
}

/** Runs the shown network and reads its largest logits by class. */
async function logitsOn(page: Page, backend: string): Promise<ReadonlyMap<string, number>> {
  await page.getByRole("combobox", { name: "Backend" }).selectOption(backend);
  await runButton(page).click();
  await outcomeOn(page, backend).waitFor();
  const cells = await bodyOf(page.getByRole("table", { name: "The largest logits" }));
  return new Map(cells.map(([label, logit]) => [label, Number(logit)]));
}

/** Gives LeNet billions of multiply-adds, so that a run takes seconds on any machine. */
async function makeSlow(page: Page): Promise<void> {
  await change(page, "outChannels: 6,", "outChannels: 1024,");
  await change(page, "outChannels: 16,", "outChannels: 1024,");
  await layersOf(page).getByRole("cell", { name: "N×1024×10×10", exact: true }).first().waitFor();
}

describe.skipIf(!hasBrowser)("building a network", () => {
  const { open } = demoPages();

  it("shows the shapes of every example, and of a text while it is typed", async () => {
    const { page, complaints } = await open("view=build");
    await page.getByText(soundText).waitFor();
    const lenet = modelSummary(createModel("d2l/lenet"));
    const count = (value: number): string => value.toLocaleString("en-US");
    await expect
      .poll(async () => (await linesOf(page)).map((line) => line.slice(1)))
      .toEqual([
        ["N×1×28×28", "", ""],
        ...lenet.children.map(({ outputShape, parameters, macs }) => [
          outputShape.join("×"),
          count(parameters),
          count(macs),
        ]),
      ]);
    const total = layersOf(page).getByRole("row", { name: "Total" });
    await expect.poll(() => total.innerText()).toContain(count(lenet.totals.parameters));

    for (const [example, shape] of [
      ["A small VGG", "N×32×7×7"],
      ["A residual block", "N×32×16×16"],
      ["Parallel branches", "N×32×14×14"],
    ] as const) {
      await page.getByRole("combobox", { name: "Start from" }).selectOption({ label: example });
      await layersOf(page).getByRole("cell", { name: shape, exact: true }).first().waitFor();
      await page.getByText(soundText).waitFor();
      await expect.poll(async () => (await linesOf(page)).at(-1)?.[1]).toBe("N×10");
    }

    await change(page, "outFeatures: 10", "outFeatures: 7");
    await layersOf(page).getByRole("cell", { name: "N×7", exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    {
      what: "a misspelt attribute",
      from: "outFeatures: 84",
      to: "outFeature: 84",
      layer: "9 linear",
      code: "INVALID_ATTRIBUTE",
      message: 'Did you mean "outFeatures"?',
    },
    {
      what: "a kernel larger than its image",
      from: "outChannels: 16, kernelSize: 5",
      to: "outChannels: 16, kernelSize: 15",
      layer: "3 conv2d",
      code: "INVALID_SHAPE",
      message: "14",
    },
  ])("says of $what which layer it is in, and leads to it", async ({ from, to, layer, code, message }) => {
    const { page, complaints } = await open("view=build");
    await page.getByText(soundText).waitFor();
    await change(page, from, to);
    const fault = page.getByRole("alert");
    await fault.getByText(code).waitFor();
    const [node = "", op = ""] = layer.split(" ");
    await expect.poll(() => fault.innerText()).toContain(message);
    await expect.poll(() => fault.innerText()).toContain(`${op} "${node}"`);
    await layersOf(page).getByRole("row", { name: layer }).getByText(code).waitFor();
    // The layers before the error are still analysed.
    expect(await linesOf(page)).toHaveLength(["input", "fault"].length + Number(node));
    await expect.poll(() => editorOf(page).getAttribute("aria-invalid")).toBe("true");
    await page.getByRole("button", { name: "Run", exact: true, disabled: true }).waitFor();

    await page.getByRole("button", { name: "Show in the text" }).click();
    const selected = await editorOf(page).evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    expect(selected).toContain(op);
    expect(selected).toContain(to);
    await change(page, to, from);
    await page.getByText(soundText).waitFor();
    await expect.poll(() => fault.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows where a text cannot be parsed", async () => {
    const { page, complaints } = await open("view=build");
    await page.getByText(soundText).waitFor();
    await change(page, '"flatten",', '"flatten');
    await page.getByText("Line 11, column 5", { exact: true }).waitFor();
    await expect.poll(() => page.getByRole("alert").innerText()).toContain("INVALID_GRAPH");
    expect(complaints).toEqual([]);
  });

  it("runs a network, with the same result on two backends", async () => {
    const { page, complaints } = await open("view=build");
    await page.getByRole("combobox", { name: "Start from" }).selectOption({ label: "A residual block" });
    await page.getByText(soundText).waitFor();
    const first = await logitsOn(page, "onnx-wasm");
    const second = await logitsOn(page, "tfjs-cpu");
    expect([...first.keys()]).toEqual([...second.keys()]);
    expect(new Set(first.values()).size).toBe(5);
    for (const [label, logit] of first) expect(logit).toBeCloseTo(second.get(label)!, 4);
    expect(complaints).toEqual([]);
  });

  it("compares a network on several backends", async () => {
    const { page, complaints } = await open("view=build&backends=onnx-wasm,tfjs-wasm");
    await page.getByText(soundText).waitFor();
    const button = page.getByRole("button", { name: "Compare", exact: true });
    await button.click();
    const verdict = page.getByText(/^✓ 2 backends agree with the float64 oracle; identical predictions/);
    await verdict.waitFor();
    // Random weights have no class names.
    expect(await firstGuesses(page)).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^class \d$/)));

    await chooseSeed(page, "2");
    await verdict.waitFor({ state: "hidden" });
    await makeSlow(page);
    await button.click();
    await page.getByRole("button", { name: "Run", exact: true, disabled: true }).waitFor();
    expect(await stop(page, "stopped")).toBeLessThan(AT_ONCE);

    await editorOf(page).fill("{ input: [1, 28, 28], layers: [{ conv2d: { outChannels: 2, kernelSize: 3 } }] }");
    await page.getByText("It can be compared when its output is N×classes").waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await runButton(page).isEnabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("clears the result when the seed, image or text changes", async () => {
    const { page, complaints } = await open("view=build&backend=tfjs-cpu&input=draw");
    await page.getByText("Choose a sample to run it on.").waitFor();
    await page.getByRole("button", { name: "Run", exact: true, disabled: true }).waitFor();
    await page.getByRole("radio", { name: "Sample 0:" }).check();
    await page.getByText("Choose a sample to run it on.").waitFor({ state: "hidden" });
    for (const changeIt of [
      () => chooseSeed(page, "2"),
      () => page.getByRole("radio", { name: "Sample 1:" }).check(),
      () => change(page, "outFeatures: 84", "outFeatures: 85"),
    ]) {
      await runButton(page).click();
      await outcomeOn(page, "tfjs-cpu").waitFor();
      await changeIt();
      await outcomeOn(page, "tfjs-cpu").waitFor({ state: "hidden" });
    }
    expect(complaints).toEqual([]);
  });

  it("stops at once during a run", async () => {
    const { page, complaints } = await open("view=build&backend=reference");
    await page.getByText(soundText).waitFor();
    await makeSlow(page);
    await runButton(page).click();
    await page.getByText("Running for the first time…").waitFor();
    expect(await stop(page, "Stopped")).toBeLessThan(AT_ONCE);
    await runButton(page).waitFor();
    await expect.poll(() => outcomeOn(page, "reference").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("keeps text typed just before a change of view, has separate weights, and can run at once on return", async () => {
    const { page, complaints } = await open("view=build&backend=tfjs-cpu");
    await page.getByText(soundText).waitFor();
    await chooseSeed(page, "7");
    await change(page, "outFeatures: 120", "outFeatures: 121");
    await page.getByRole("link", { name: "Compare" }).click();
    await expect.poll(() => page.getByRole("combobox", { name: "Weights" }).inputValue()).toBe("trained");
    await page.goBack();
    await layersOf(page).getByRole("cell", { name: "N×121", exact: true }).first().waitFor();
    await page.getByRole("link", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "Compare" }).waitFor();
    await page.getByRole("link", { name: "Build your own" }).click();
    await page.getByRole("heading", { name: "Run it" }).waitFor();
    await runButton(page).click();
    await outcomeOn(page, "tfjs-cpu").waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps text, backend and seed in the address", async () => {
    const { page, complaints } = await open("view=build");
    await page.getByText(soundText).waitFor();
    await change(page, "outFeatures: 120", "outFeatures: 121");
    await layersOf(page).getByRole("cell", { name: "N×121", exact: true }).first().waitFor();
    await page.getByRole("combobox", { name: "Backend" }).selectOption("tfjs-wasm");
    await chooseSeed(page, "7");
    const text = await editorOf(page).inputValue();
    await page.reload();
    await layersOf(page).getByRole("cell", { name: "N×121", exact: true }).first().waitFor();
    await expect.poll(() => editorOf(page).inputValue()).toBe(text);
    await expect.poll(() => page.getByRole("combobox", { name: "Start from" }).inputValue()).toBe("");
    await expect.poll(() => page.getByRole("combobox", { name: "Backend" }).inputValue()).toBe("tfjs-wasm");
    await expect.poll(() => page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("7");
    expect(complaints).toEqual([]);
  });
});
