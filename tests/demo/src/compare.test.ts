import { describe, expect, it } from "vitest";
import { backends, card, compare, firstGuesses, onProcessor, rows } from "./comparing.test.support.js";
import { demoPages, goodHost, hasBrowser, isFull } from "./demo-page.test.support.js";
import { holdSamples } from "./held-samples.test.support.js";
import { injected, reloadCounting, reloadFailing } from "./workers.test.support.js";

describe.skipIf(!hasBrowser)("comparing", () => {
  const { open } = demoPages();

  it("runs every backend of the browser, each within its bound, with the same prediction", async () => {
    const { page, complaints } = await open("view=compare");
    expect(await compare(page)).toMatch(
      new RegExp(
        `^✓ ${backends.length} backends agree with the float64 oracle; identical predictions; at most \\d[\\d.]* % of the bound`,
      ),
    );
    expect(await firstGuesses(page)).toEqual(backends.map(() => "Ankle boot"));
    for (const backend of backends) {
      const text = await card(page, backend).innerText();
      expect(text, backend).toMatch(/done[^]+\d ms[^]+\d ms[^]+% of the bound[^]+✓ agrees/);
    }
    for (const { id } of rows.filter(({ device }) => device === "gpu")) {
      await expect.poll(() => card(page, id).innerText()).toMatch(/swiftshader/i);
    }
    for (const { id } of rows.filter(({ runtime }) => runtime === "WebAssembly")) {
      await expect.poll(() => card(page, id).innerText()).toMatch(/\d threads|one thread/);
    }
    expect(complaints).toEqual([]);
  });

  // The stronger network takes minutes on GPUs that the processor plays, and in plain JavaScript.
  const trained = [
    { model: "d2l/lenet", least: 0.85, run: onProcessor },
    ...(isFull ? [{ model: "d2l/densenet", least: 0.9, run: backends }] : []),
  ];
  it.each(trained)("classifies $least of the samples with $model, the same on every backend", async (each) => {
    const { model, least, run } = each;
    const { page, complaints } = await open(`model=${model}&backends=${run.join(",")}`);
    const verdict = new RegExp(`^✓ ${run.length} backends agree .* identical predictions`);
    expect(await compare(page, /^Classify all 100 samples$/)).toMatch(verdict);
    for (const backend of run) {
      const [, accuracy] = /accuracy (\d\.\d\d)/.exec(await card(page, backend).innerText()) ?? [];
      expect(Number(accuracy), backend).toBeGreaterThanOrEqual(least);
    }
    expect(complaints).toEqual([]);
  });

  it("inverts all samples if Invert is checked, and keeps their results when another sample is chosen", async () => {
    const { page, complaints } = await open("backends=onnx-wasm&invert=1");
    expect(await compare(page, /^Classify all 100 samples$/)).toMatch(/^✓ onnx-wasm agrees/);
    const accuracy = async (): Promise<string> =>
      /accuracy (\S+)/.exec(await card(page, "onnx-wasm").innerText())?.[1] ?? "";
    // The network was not trained on inverted images.
    const inverted = await accuracy();
    expect(Number(inverted)).toBeLessThan(0.5);
    await page.getByRole("radio", { name: "Sample 5:" }).check();
    expect(await accuracy()).toBe(inverted);
    await page.getByRole("checkbox", { name: /invert/i }).uncheck();
    await expect.poll(accuracy).toBe("");
    expect(complaints).toEqual([]);
  });

  it("shows the error of a backend that fails after its first run, above the predictions", async () => {
    const { page, complaints } = await open("backends=tfjs-cpu");
    await reloadFailing(page, { phase: "warm" });
    expect(await compare(page)).toBe("✗ not all backends agree: tfjs-cpu failed.");
    const text = await card(page, "tfjs-cpu").innerText();
    expect(text).toMatch(new RegExp(`failed[^]+EXECUTION_FAILED ${injected}[^]+Ankle boot`));
    expect(complaints).toEqual([]);
  });

  it("starts no worker of a run before the workers of the previous run have ended", async () => {
    const { page } = await open("model=resnet18&backends=tfjs-cpu");
    const mostWorkers = await reloadCounting(page);
    for (const sample of ["Sample 4:", "Sample 5:"]) {
      // Stops the previous run.
      await page.getByRole("radio", { name: sample }).check();
      await page.getByRole("button", { name: /^Run$/ }).click();
      await card(page, "tfjs-cpu").getByText("running", { exact: true }).waitFor();
    }
    // One for the backend, one for the oracle.
    expect(await mostWorkers()).toBe(2);
  });

  it("shows that the samples are loading, and why they fail to load", async () => {
    const { page } = await open("backends=tfjs-cpu");
    const letFail = await holdSamples(page);
    const status = page.locator(".actions").getByRole("status");
    await expect.poll(() => status.innerText()).toBe("Loading…");
    letFail();
    await page.getByRole("alert").waitFor();
    await expect.poll(() => status.innerText()).toBe("");
  });

  it("works with one thread on a host without COOP and COEP, and says so", async () => {
    const { page, complaints } = await open("backends=onnx-wasm,tfjs-wasm", { host: { ...goodHost, headers: {} } });
    await page.getByText("not cross-origin isolated, so WebAssembly has one thread").waitFor();
    expect(await compare(page)).toMatch(/^✓ 2 backends agree/);
    for (const backend of ["onnx-wasm", "tfjs-wasm"]) {
      await expect.poll(() => card(page, backend).innerText()).toContain("one thread");
    }
    expect(complaints).toEqual([]);
  });

  it("keeps its state in the address", async () => {
    const { page } = await open("view=compare&lang=en");
    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/nin");
    await page.getByLabel("Seed").fill("7");
    await page.getByRole("radio", { name: "Sample 3:" }).check();
    await page.getByRole("checkbox", { name: "tfjs-cpu" }).uncheck();
    const address = page.url();
    await page.goto("about:blank");
    await page.goto(address);
    await expect.poll(() => page.getByRole("combobox", { name: "Network" }).inputValue()).toBe("d2l/nin");
    await expect.poll(() => page.getByLabel("Seed").inputValue()).toBe("7");
    await expect.poll(() => page.getByRole("radio", { name: "Sample 3:" }).isChecked()).toBe(true);
    await expect.poll(() => page.getByRole("checkbox", { name: "tfjs-cpu" }).isChecked()).toBe(false);
  });

  it("has Chinese texts", async () => {
    const { page, complaints } = await open("lang=zh&backends=tfjs-cpu");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("与 float64 参考实现一致").waitFor();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("zh-CN");
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)("comparing in a browser without a GPU", () => {
  const { open } = demoPages(["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"]);

  it("shows for each unavailable backend the reason and what to do, and compares the others", async () => {
    const { page, complaints } = await open("view=compare");
    expect(await compare(page)).toMatch(/^✓ 4 backends agree/);
    for (const backend of ["onnx-webgpu", "tfjs-webgpu", "tfjs-webgl"]) {
      const text = await card(page, backend).innerText();
      expect(text).toMatch(/not available\s+BACKEND_UNAVAILABLE .*(?:no adapter|no WebGL).*chrome:\/\/gpu/);
    }
    expect(complaints).toEqual([]);
  });
});
