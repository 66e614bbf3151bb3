import { readFile } from "node:fs/promises";
import { initParameters } from "@isoconv/nn";
import { writeSafetensors } from "@isoconv/weights";
import { createModel, imagenetClasses } from "@isoconv/zoo";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { compare, drop, firstGuesses } from "./comparing.test.support.js";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";

const [lenet, densenet] = trainedWeights;
const pictures = new URL("../../../packages/vision/goldens/pictures/", import.meta.url);
const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Its text goes on with the other formats. */
const weightsInput = (page: Page): Locator => page.getByText(/^Choose or drop a \.safetensors/);

describe.skipIf(!hasBrowser)("weights from a file", () => {
  const { open } = demoPages();
  const onWasm = "backends=onnx-wasm&weights=file";

  it("can be dropped, and give the same predictions as the same weights of the zoo", async () => {
    const { page, complaints } = await open(onWasm);
    await drop(page, weightsInput(page), "mine.safetensors", await readFile(lenet.weights));
    await page.getByText("mine.safetensors: d2l/lenet, 10 classes").waitFor();
    expect(await compare(page)).toMatch(/^✓ onnx-wasm agrees/);
    // Only the zoo's weights have class names.
    expect(await firstGuesses(page)).toEqual(["class 9"]);
    expect(complaints).toEqual([]);
  });

  it("are assumed to be published ones with the same number of classes, and get their class names", async () => {
    const { page, complaints } = await open(`${onWasm}&model=squeezenet1_1&size=64`);
    const { parameters } = createModel("squeezenet1_1");
    const file = writeSafetensors(initParameters(parameters, { seed: 1 }));
    await drop(page, weightsInput(page), "squeezenet.safetensors", file);
    await page.getByText("squeezenet.safetensors: squeezenet1_1, 1000 classes").waitFor();
    // Labels of Fashion-MNIST are not classes of these weights.
    await page.getByRole("radio", { name: "Sample 0:" }).waitFor();
    expect(await page.getByText(/^true class: /).count()).toBe(0);
    await page.getByRole("radio", { name: "Photo" }).check();
    await drop(page, page.getByText("Choose or drop a photo"), "photo.png", onePixel);
    await page.getByText("normalised as for the published weights: mean 0.485, 0.456, 0.406").waitFor();
    expect(await compare(page)).toMatch(/^✓ onnx-wasm agrees/);
    const [guess] = await firstGuesses(page);
    expect(imagenetClasses).toContain(guess);
    expect(complaints).toEqual([]);
  });

  it("select the network that they fit", async () => {
    const { page, complaints } = await open(onWasm);
    const file = await readFile(densenet?.weights ?? "");
    await drop(page, weightsInput(page), "other.safetensors", file);
    await page.getByText("other.safetensors: d2l/densenet, 10 classes").waitFor();
    await expect.poll(() => page.getByRole("combobox", { name: "Network" }).inputValue()).toBe("d2l/densenet");
    expect(await compare(page)).toMatch(/^✓ onnx-wasm agrees/);
    // They do not apply to another network, and are kept until theirs is chosen again.
    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/lenet");
    await page.getByRole("combobox", { name: "Weights" }).selectOption("file");
    await page.getByText("No file yet").waitFor();
    await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/densenet");
    await page.getByRole("combobox", { name: "Weights" }).selectOption("file");
    await page.getByText("other.safetensors: d2l/densenet, 10 classes").waitFor();
    expect(complaints).toEqual([]);
  });

  it("are refused with the reason, and the page still works", async () => {
    const { page, complaints } = await open(onWasm);
    const sound = await readFile(lenet.weights);
    const broken: Readonly<Record<string, Uint8Array>> = {
      "cut off": sound.subarray(0, sound.length - 1000),
      "without a header": Buffer.alloc(4),
      "with a header that is no JSON": Buffer.concat([sound.subarray(0, 8), Buffer.alloc(sound.length - 8, 1)]),
      "of no network": writeSafetensors({ a: { dtype: "float32", shape: [1], data: Float32Array.of(1) } }),
    };
    const alert = page.getByRole("alert");
    const refusals = new Set<string>();
    for (const [what, bytes] of Object.entries(broken)) {
      await drop(page, weightsInput(page), `${what}.safetensors`, bytes);
      // The alert of the previous file stays until then.
      await expect.poll(async () => refusals.has(await alert.innerText()), { message: what }).toBe(false);
      const refusal = await alert.innerText();
      expect(refusal, what).toMatch(/^INVALID_WEIGHTS /);
      refusals.add(refusal);
    }
    expect(refusals.size).toBe(4);
    expect(await compare(page)).toMatch(/^✓ onnx-wasm agrees/);
    expect(complaints).toEqual([]);
  });

  it("are refused with what the file is, if it is of another kind", async () => {
    const { page, complaints } = await open(onWasm);
    await drop(page, weightsInput(page), "cat.png", onePixel);
    await page.getByRole("alert").getByText("INVALID_FILE cat.png: the file is a PNG picture").waitFor();
    expect(complaints).toEqual([]);
  });

  it("with NaN are reported by the oracle, and nothing is called agreement", async () => {
    const { page, complaints } = await open(onWasm);
    const file = await readFile(lenet.weights);
    // The file ends with the values of its last tensor.
    file.fill(0xff, file.length - 40);
    await drop(page, weightsInput(page), "nan.safetensors", file);
    await page.getByText("nan.safetensors: d2l/lenet").waitFor();
    expect(await compare(page)).not.toContain("✓");
    await expect.poll(() => page.getByRole("alert").innerText()).toContain("the oracle's logits are not finite");
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)("the reader's own pictures", () => {
  const { open } = demoPages();
  const onCpu = "backends=tfjs-cpu";

  it("can be drawn", async () => {
    const { page, complaints } = await open(onCpu);
    await page.getByRole("radio", { name: "Draw" }).check();
    const box = await page.getByRole("img", { name: "Drawing area" }).boundingBox();
    if (box === null) throw new Error("there is nothing to draw on");
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 160, { steps: 5 });
    await page.mouse.up();
    expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Choose a picture first.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("can be dropped photos", async () => {
    const { page, complaints } = await open(`${onCpu}&input=photo`);
    await drop(page, page.getByText("Choose or drop a photo"), "photo.png", onePixel);
    expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
    expect(complaints).toEqual([]);
  });

  it.each(["orientation-6.jpg", "animated-lossy.webp", "interlaced.gif", "grey-16.png"])("can be %s", async (name) => {
    const { page, complaints } = await open(`${onCpu}&input=photo`);
    await drop(page, page.getByText("Choose or drop a photo"), name, await readFile(new URL(name, pictures)));
    await page.getByRole("img", { name: "The network's input" }).waitFor();
    expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
    expect(complaints).toEqual([]);
  });

  it("are refused if they are not images", async () => {
    const { page, complaints } = await open(`${onCpu}&input=photo`);
    await drop(page, page.getByText("Choose or drop a photo"), "photo.png", onePixel.subarray(0, 20));
    await page.getByText("photo.png: the file starts as a PNG picture and is cut off in its header").waitFor();
    const pointer = Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
    await drop(page, page.getByText("Choose or drop a photo"), "photo.png", pointer);
    await page.getByText("photo.png: the file is a Git LFS pointer in place of the file; expected a JPEG").waitFor();
    expect(complaints).toEqual([]);
  });

  it("can come from the camera; without a camera the page says so", async () => {
    const { page, complaints } = await open(`${onCpu}&input=camera`);
    await page.getByRole("button", { name: "Start the camera" }).click();
    await expect
      .poll(() => page.getByRole("alert").innerText())
      .toMatch(/^There is no camera|^Access to the camera was refused/);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)("pictures from a camera", () => {
  const { open } = demoPages(["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);

  it("can be taken, and the camera is off afterwards", async () => {
    const { page, complaints } = await open("backends=tfjs-cpu&input=camera");
    await page.getByRole("button", { name: "Start the camera" }).click();
    const video = page.getByLabel("Camera preview");
    await video.evaluate(async (element: HTMLVideoElement) => {
      while (element.videoWidth === 0) await new Promise(requestAnimationFrame);
    });
    const tracks = await video.evaluateHandle((element: HTMLVideoElement) =>
      element.srcObject instanceof MediaStream ? element.srcObject.getTracks() : [],
    );
    const states = (): Promise<readonly string[]> => tracks.evaluate((all) => all.map(({ readyState }) => readyState));
    expect(await states()).toEqual(["live"]);
    await page.getByRole("button", { name: "Take a picture" }).click();
    await page.getByRole("button", { name: "Stop the camera" }).click();
    await expect.poll(() => video.isVisible()).toBe(false);
    expect(await states()).toEqual(["ended"]);
    expect(await compare(page)).toMatch(/^✓ tfjs-cpu agrees/);
    expect(complaints).toEqual([]);
  });
});
