import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";

const backends = ["reference", "onnx-wasm", "onnx-webgpu", "tfjs-cpu", "tfjs-wasm", "tfjs-webgl", "tfjs-webgpu"];

describe.skipIf(!hasBrowser)("comparing", () => {
  const { open } = demoPages();

  it("runs every backend of the browser, which all agree", async () => {
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText("backends agree with the float64 oracle").waitFor();
    console.log(await page.locator(".summary").textContent());
    for (const id of backends) console.log(id, await page.getByRole("region", { name: id }).textContent());
    expect(complaints).toEqual([]);
  });
});
