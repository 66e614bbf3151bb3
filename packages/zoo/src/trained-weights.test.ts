import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { runOracle } from "@isoconv/backend-reference";
import { loadParameters, readSafetensors } from "@isoconv/weights";
import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";
import { trainedWeights, trainedWeightsIn } from "./trained-weights.js";

describe.each(trainedWeights)("trained weights of $model on $dataset", (trained) => {
  it("match the size and hash in their metadata", async () => {
    const bytes = await readFile(trained.weights);
    const { inputShape } = createModel(trained.model, trained.options);
    expect(JSON.parse(await readFile(trained.metadata, "utf8"))).toMatchObject({
      model: trained.model,
      dataset: trained.dataset,
      classes: trained.classes,
      input: { shape: inputShape },
      bytes: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
  });

  it("fit the model by name", async () => {
    const { parameters } = createModel(trained.model, trained.options);
    const file = readSafetensors(await readFile(trained.weights));
    expect([...file.tensors.keys()]).toEqual(parameters.map(({ name }) => name));
    expect(() => loadParameters(parameters, file)).not.toThrow();
  });

  it("include a balanced sample of images for the model", async () => {
    const { tensors } = readSafetensors(await readFile(trained.sample));
    const { inputShape, classes } = createModel(trained.model, trained.options);
    const images = tensors.get("images")?.toFloat32();
    expect(images?.shape).toEqual([100, ...inputShape.slice(1)]);
    expect(images?.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    const labels = [...(tensors.get("labels")?.toInt32().data ?? [])];
    expect(labels).toHaveLength(100);
    for (let label = 0; label < classes; label += 1) expect(labels.filter((other) => other === label)).toHaveLength(10);
    expect(tensors.get("indices")?.shape).toEqual([100]);
  });

  it("include the licence of the images", async () => {
    const licence = await readFile(trained.sampleLicence, "utf8");
    expect(licence).toContain(trained.sample.pathname.split("/").at(-1));
    expect(licence).toMatch(/Copyright © 2017 Zalando SE/);
  });

  it("classify as many sample images as their metadata state", async () => {
    const { graph, parameters, classes } = createModel(trained.model, trained.options);
    const values = loadParameters(parameters, readSafetensors(await readFile(trained.weights)));
    const { tensors } = readSafetensors(await readFile(trained.sample));
    const images = tensors.get("images")?.toFloat32();
    const labels = tensors.get("labels")?.toInt32();
    if (images === undefined || labels === undefined) throw new Error("the sample lacks images or labels");

    const { logits } = await runOracle(graph, values, { input: images });
    const answers = [...labels.data].map((_, image) => {
      const scores = [...logits.value.subarray(image * classes, (image + 1) * classes)];
      return scores.indexOf(Math.max(...scores));
    });
    const correct = answers.filter((answer, image) => answer === labels.data[image]).length;
    const metadata: unknown = JSON.parse(await readFile(trained.metadata, "utf8"));
    expect(metadata).toMatchObject({ sample: { images: answers.length, correct } });
  });
});

describe("trainedWeightsIn", () => {
  it.each([
    "https://example.org/static/weights/",
    "https://example.org/static/weights",
    new URL("https://example.org/static/weights/"),
  ])("addresses the files in %s", (folder) => {
    const [lenet, densenet] = trainedWeightsIn(folder);
    expect(lenet.weights.href).toBe("https://example.org/static/weights/d2l-lenet-fashion-mnist.safetensors");
    expect(densenet?.sample.href).toBe("https://example.org/static/weights/fashion-mnist-100-framed.safetensors");
  });

  it("lists the same networks and files as the package", () => {
    const plain = (list: readonly object[]): unknown => JSON.parse(JSON.stringify(list));
    const [first] = trainedWeights;
    expect(plain(trainedWeightsIn(new URL(".", first.weights)))).toEqual(plain(trainedWeights));
  });

  it("refuses a relative address", () => {
    expect(() => trainedWeightsIn("/weights/")).toThrow(
      /^INVALID_FILE: folder: the folder of the files has no absolute address; expected a URL .*, got "\/weights\/"/,
    );
  });
});
