import { readFile } from "node:fs/promises";
import { formatShare, readReport } from "@isoconv/conformance";
import { graphFromJson } from "@isoconv/core-spec";
import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { backends } from "./comparing.test.support.js";
import { demoPages, hasBrowser, isFull } from "./demo-page.test.support.js";
import { runRepro } from "./repro.test.support.js";
import { savedBy } from "./saved-file.test.support.js";
import { AT_ONCE, stop } from "./stopping.test.support.js";

const fewCases = "op/relu/exact/** op/linear/matrix/default";
/** The reports run the suite in pages on every backend: here one of each kind. */
const run = isFull ? backends : ["reference", "onnx-wasm", "tfjs-webgl"];
const committed = new URL("../../../reports/data/", import.meta.url);

const runButton = (page: Page): Locator => page.getByRole("button", { name: "Run", exact: true });
const matrixOf = (page: Page): Locator => page.getByRole("table", { name: "Operations by backend" });

/** The text of a matrix' cell. */
async function cellOf(matrix: Locator, row: string, column: string): Promise<string> {
  const heads = await matrix.getByRole("columnheader").allInnerTexts();
  const cells = await matrix
    .getByRole("row")
    .filter({ has: matrix.page().getByRole("rowheader", { name: row, exact: true }) })
    .locator("th, td")
    .allInnerTexts();
  return cells[heads.indexOf(column)] ?? `no column ${column}`;
}

describe.skipIf(!hasBrowser)("the suite in the page", () => {
  const { open } = demoPages();

  it("runs on several backends, and shows status and headroom of the operations", async () => {
    const { page, complaints } = await open(`view=conformance&suite=${run.join(",")}&filter=${fewCases}`);
    await runButton(page).click();
    const outcome = await page.getByText(/^Ended\. /).innerText();
    expect(outcome).toBe(`Ended. ${run.map((id) => `${id}: partial`).join("; ")}`);
    const matrix = matrixOf(page);
    for (const id of run) {
      expect(await cellOf(matrix, "cases", id)).toContain("8 pass");
      expect(await cellOf(matrix, "relu", id)).toBe("pass 0 %");
      expect(await cellOf(matrix, "linear", id)).toMatch(/^pass (0\.|[1-9])\d*(\.\d+)? %$/);
      expect(await cellOf(matrix, "conv2d", id)).toBe("–");
    }
    await page.getByText("No findings so far.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("catches a bug, and shows network, inputs, expected, got, and a repro that runs", async () => {
    const { page, complaints } = await open("view=conformance&suite=");
    await page.getByText("Choose a backend.").waitFor();
    const fault = page.getByRole("combobox", { name: "Add a faulty backend" });
    await fault.focus();
    await fault.getByRole("option", { name: "swapped-strides" }).waitFor({ state: "attached" });
    await fault.selectOption("swapped-strides");
    await page.getByRole("textbox", { name: "Cases" }).fill("op/conv2d/exact/k1*");
    await page.getByRole("textbox", { name: "Cases" }).press("Enter");
    await page.getByText("Ended. swapped-strides: nonconformant").waitFor();
    expect(await cellOf(matrixOf(page), "conv2d", "swapped-strides")).toBe("fail ∞");

    const findings = page.getByRole("region", { name: "Findings" }).getByRole("listitem");
    const id = await findings.first().getByRole("button").innerText();
    expect(id).toMatch(/^op\/conv2d\/exact\/.*-s/);
    // A filter typed after the run must not affect its findings.
    await page.getByRole("textbox", { name: "Cases" }).fill("no/such/case");
    await findings.first().getByRole("button").press("Enter");
    const dialog = page.getByRole("dialog", { name: `${id} on swapped-strides` });
    await dialog.getByRole("heading", { name: "Repro" }).waitFor();
    await expect.poll(() => dialog.getByRole("region", { name: "Network" }).innerText()).toContain("conv2d(x: x, w: w");
    const [element = "", expected, got] = await dialog
      .getByRole("table", { name: "Output y" })
      .getByRole("row")
      .nth(1)
      .locator("th, td")
      .allInnerTexts();
    expect(got).not.toBe(expected);
    await dialog.getByText(/^Inputs: x \d/).click();
    await expect.poll(() => dialog.getByRole("region", { name: /^x: first/ }).innerText()).toMatch(/^-?\d+(, -?\d+)+$/);

    const names = ["README.md", "graph.json", "inputs.safetensors", "expected.safetensors", "case.json", "model.onnx"];
    const files = new Map<string, Buffer>();
    for (const name of names) {
      const saved = await savedBy(dialog.getByRole("button", { name, exact: true }));
      files.set(saved.name, saved.content);
    }
    expect([...files.keys()]).toEqual(names);
    const graph = graphFromJson(JSON.parse(String(files.get("graph.json"))));
    expect(graph.nodes.map(({ op }) => op)).toEqual(["conv2d"]);
    const [{ name: output, shape, data }] = JSON.parse(String(files.get("case.json"))).outputs;
    const flat = (JSON.parse(element) as number[]).reduce((sum, at, axis) => sum * shape[axis] + at, 0);
    expect([output, String(data[flat])]).toEqual(["y", expected]);
    const { status, printed } = await runRepro(files);
    expect(printed).toContain("y: largest error 0 at element 0");
    expect(status).toBe(0);

    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });

  it("exports its report, and shows it beside those of other machines", async () => {
    const { page, complaints } = await open(`view=conformance&suite=tfjs-wasm&filter=${fewCases}`);
    await runButton(page).click();
    const saved = await savedBy(page.getByRole("button", { name: "Save report of tfjs-wasm" }));
    const report = readReport(saved.content.toString());
    expect(report).toMatchObject({ backend: "tfjs-wasm", verdict: "partial", totals: { pass: 8 } });
    expect(report.cases).toHaveLength(8);
    expect(report.machine?.host).toMatch(/^Chromium /);
    const worst = report.ops.find(({ op }) => op === "linear")?.worst;
    expect(await cellOf(matrixOf(page), "linear", "tfjs-wasm")).toBe(`pass ${formatShare(worst!.share)}`);

    await page.getByText("Compare with other machines").click();
    const beside = page.getByRole("table", { name: "Reports side by side" });
    await beside.waitFor();
    const heads = beside.getByRole("columnheader");
    expect(await heads.allInnerTexts()).toEqual(["operation", "tfjs-wasm (here)", "tfjs-wasm-browser", "tfjs-wasm"]);
    const other = readReport(await readFile(new URL("tfjs-wasm-browser.json", committed), "utf8"));
    expect(await cellOf(beside, "verdict", "tfjs-wasm-browser")).toBe(other.verdict);
    expect(await cellOf(beside, "runtime", "tfjs-wasm-browser")).toContain(other.capabilities.runtime.version);
    const { share } = other.ops.find(({ op }) => op === "conv2d")!.worst!;
    expect(await cellOf(beside, "conv2d", "tfjs-wasm-browser")).toContain(formatShare(share));
    expect(await cellOf(beside, "conv2d", "tfjs-wasm (here)")).toBe("–");

    await page.getByRole("checkbox", { name: "every backend" }).check();
    await expect.poll(() => heads.count()).toBeGreaterThan(10);
    const file = { name: "mine.json", mimeType: "application/json", buffer: saved.content };
    await page.getByLabel("Add your own report.json").setInputFiles(file);
    await heads.filter({ hasText: "mine.json" }).waitFor();
    expect(await cellOf(beside, "relu", "mine.json")).toBe("pass 0 %");
    await page.getByRole("link", { name: "Compare" }).click();
    await expect.poll(() => page.workers()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("stops during a run, without a verdict", async () => {
    const { page, complaints } = await open("view=conformance&suite=reference&filter=op/**");
    await runButton(page).click();
    const cases = matrixOf(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: "cases" }) });
    await cases
      .getByText(/^[1-9]\d* of \d{3,}$/)
      .first()
      .waitFor();
    expect(await stop(page, "Ended. reference: stopped: no verdict")).toBeLessThan(AT_ONCE);
    await expect.poll(() => page.getByRole("button", { name: /^Save report/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Run", exact: true, disabled: false }).waitFor();
    expect(complaints).toEqual([]);
  });
});
