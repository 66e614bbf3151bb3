import { readFile } from "node:fs/promises";
import { photos } from "@isoconv/mobilenet-v2/photos";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { drop } from "./comparing.test.support.js";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";

/** The most probable class and its probability. */
async function firstGuess(page: Page): Promise<string> {
  return (await page.locator(".guesses li:first-child").innerText()).replaceAll(/\s+/g, " ");
}

describe.skipIf(!hasBrowser)("the first view", () => {
  const { open } = demoPages();

  it("opens with a photo and its classes, and classifies other photos", async () => {
    const { page, complaints } = await open();
    await page.getByRole("img", { name: "Chelsea the cat" }).waitFor();
    // PyTorch's probabilities with weights in half precision.
    await expect.poll(() => firstGuess(page)).toBe("Egyptian cat 72 %");
    expect(await page.locator(".guesses li .name").allInnerTexts()).toEqual([
      "Egyptian cat",
      "tiger cat",
      "tabby",
      expect.any(String),
      expect.any(String),
    ]);
    await page.getByRole("radio", { name: "A cup of coffee" }).check();
    await expect.poll(() => firstGuess(page)).toBe("espresso 99 %");

    const onto = page.getByText("Choose or drop a photo");
    await drop(page, onto, "own.png", await readFile(photos[0].file));
    await page.getByRole("img", { name: "own.png" }).waitFor();
    await expect.poll(() => firstGuess(page)).toBe("Egyptian cat 72 %");
    await drop(page, onto, "broken.png", (await readFile(photos[0].file)).subarray(0, 30));
    await page.getByRole("alert").getByText("INVALID_FILE broken.png").waitFor();
    expect(complaints).toEqual([]);
  });

  it("gives the photo and the network to the other views", async () => {
    const { page, complaints } = await open("on=onnx-wasm&photo=astronaut.webp");
    await expect.poll(() => firstGuess(page)).toMatch(/^bobsled 19/);
    await page.getByRole("button", { name: "Compare all backends on this photo" }).click();
    await page.getByText("mobilenet_v2.safetensors: mobilenet_v2, 1000 classes").waitFor();
    await page.getByText("normalised as for the published weights").waitFor();
    expect(await page.getByRole("radio", { name: "Photo" }).isChecked()).toBe(true);
    // Fashion-MNIST is a choice of the network.
    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/lenet");
    await expect.poll(() => page.getByRole("combobox", { name: "Weights" }).inputValue()).toBe("trained");
    expect(complaints).toEqual([]);
  });
});
