import { describe, expect, it } from "vitest";
import { card, compare } from "./comparing.test.support.js";
import { demoPages, hasBrowser, isFull } from "./demo-page.test.support.js";
import { AT_ONCE, stop } from "./stopping.test.support.js";

describe.skipIf(!hasBrowser)("a run", () => {
  const { open } = demoPages();

  const long = [
    { backend: "onnx-wasm", model: "resnet18" },
    { backend: "tfjs-cpu", model: "resnet18" },
    ...(isFull ? [{ backend: "tfjs-webgpu", model: "d2l/densenet" }] : []),
  ];
  it.each(long)(
    "on $backend stops at once in the middle, also where the runtime does not listen, and another can follow",
    async ({ backend, model }) => {
      const { page, complaints } = await open(`model=${model}&backends=${backend}`);
      await page.getByRole("button", { name: /^Run$/ }).click();
      await card(page, backend).getByText("running", { exact: true }).waitFor();
      expect(await stop(page, "stopped")).toBeLessThan(AT_ONCE);
      await card(page, backend).getByText("stopped").waitFor();
      await expect.poll(() => page.locator(".summary").textContent()).not.toContain("✓");
      await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/lenet");
      expect(await compare(page)).toMatch(new RegExp(`^✓ ${backend} agrees`));
      expect(complaints).toEqual([]);
    },
  );

  it("needs no network connection after the first run", async () => {
    const { page, complaints, loseHost } = await open("backends=onnx-wasm,tfjs-wasm,tfjs-cpu", { keepsFiles: true });
    expect(await compare(page)).toMatch(/^✓ 3 backends agree/);
    await loseHost();
    await page.getByRole("radio", { name: "Sample 5:" }).check();
    expect(await compare(page)).toMatch(/^✓ 3 backends agree/);
    expect(complaints).toEqual([]);
  });

  it("reports that its runtime cannot be fetched, and the next run works once it can", async () => {
    const { page, loseHost, regainHost } = await open("backends=tfjs-cpu,tfjs-wasm");
    await page.getByRole("radio", { name: "Sample 5:" }).waitFor();
    await loseHost();
    expect(await compare(page)).toContain("✗");
    await expect
      .poll(() => page.getByRole("alert").first().innerText())
      .toMatch(/could not be (loaded|fetched)|network/);
    await regainHost();
    expect(await compare(page)).toMatch(/^✓ 2 backends agree/);
  });
});

describe.skipIf(!hasBrowser)("a view", () => {
  const { open } = demoPages();

  it("reports that it cannot be fetched, and opens when the host is back", async () => {
    const { page, loseHost, regainHost } = await open("view=compare");
    await page.getByRole("radio", { name: "Sample 5:" }).waitFor();
    await loseHost();
    await page.getByRole("link", { name: "Zoo" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByRole("link", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "Compare" }).waitFor();
    await regainHost();
    await page.getByRole("link", { name: "Zoo" }).click();
    await page.getByRole("heading", { name: "Zoo" }).waitFor();
  });

  it("reports an error while it renders, and the other views still work", async () => {
    const { page } = await open("view=compare");
    await page.getByRole("radio", { name: "Sample 5:" }).waitFor();
    await page.evaluate(() => {
      HTMLCanvasElement.prototype.getContext = () => {
        throw new Error("no canvas today");
      };
    });
    await page.getByRole("radio", { name: "Draw" }).click();
    await page.getByRole("alert").getByText("no canvas today").waitFor();
    await page.getByRole("link", { name: "Zoo" }).click();
    await page.getByRole("heading", { name: "Zoo" }).waitFor();
  });
});
