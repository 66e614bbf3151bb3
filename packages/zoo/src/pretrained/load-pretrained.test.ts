import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@isoconv/core-spec";
import { writeSafetensors, writeWeights, readSafetensors } from "@isoconv/weights";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createModel } from "../create-model.js";
import { mirrorOf } from "./endpoints.js";
import { findPretrained } from "./find-pretrained.js";
import { imagenetClasses } from "./imagenet-classes.js";
import { fetchPretrained, loadPretrained, type LoadPretrainedOptions } from "./load-pretrained.js";

const MODEL = "densenet121";
const ON_HUB = "/timm/densenet121.tv_in1k/resolve/main/model.safetensors";
const AT_PYTORCH = "/models/densenet121-a639ec97.pth";

let server: Server;
let host: string;
let cache: string;
let asked: string[] = [];

beforeAll(async () => {
  // Zeros, but for the last layer's bias.
  const zeros = createModel(MODEL).parameters.map(({ name, shape }) => [name, float32(shape)] as const);
  const bias = float32(
    [1000],
    Array.from({ length: 1000 }, (_, index) => index),
  );
  const tensors = readSafetensors(writeSafetensors({ ...Object.fromEntries(zeros), "classifier.bias": bias }));
  const bytes = await writeWeights("safetensors", tensors, { dtype: "float16" });
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === ON_HUB) response.end(bytes);
    else if (request.url === AT_PYTORCH) response.end("not the file");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cache = await mkdtemp(join(tmpdir(), "isoconv-pretrained-"));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(cache, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  asked = [];
});

const load = (name: string, options: LoadPretrainedOptions = {}) =>
  loadPretrained(name, { cache, retries: 0, endpoints: { huggingFace: host, pytorch: host }, ...options });

describe("loadPretrained", () => {
  it("gives the network, its parameters, classes and preprocessing, from another server if one has not the file", async () => {
    const loaded = await load(MODEL);
    expect(asked).toEqual([AT_PYTORCH, ON_HUB]);
    expect(loaded.model.inputShape).toEqual(["N", 3, 224, 224]);
    expect(loaded.parameters["classifier.bias"]?.data[999]).toBe(999);
    expect(Object.keys(loaded.parameters)).toHaveLength(loaded.model.parameters.length);
    expect(loaded.classes).toBe(imagenetClasses);
    expect(loaded.preprocessing).toMatchObject({ resize: 256, crop: 224, interpolation: "bilinear" });
    expect(loaded).toMatchObject({ weights: { name: "IMAGENET1K_V1" }, file: { format: "safetensors" } });
    expect(loaded.checkpoint.naming).toBe("pytorch");
  });

  it("takes the file from the cache, for another size and a fresh head", async () => {
    const network = { height: 64, width: 64, classes: 2 };
    const loaded = await load(MODEL, { offline: true, network, freshHead: { seed: 1 } });
    expect(asked).toEqual([]);
    expect(loaded.model.inputShape).toEqual(["N", 3, 64, 64]);
    expect([loaded.classes, loaded.checkpoint.fresh]).toEqual([[], ["classifier.weight", "classifier.bias"]]);
  });

  it("says why no file can be had", async () => {
    await expect(load("densenet169")).rejects.toThrow(
      /^DOWNLOAD_FAILED: "densenet169" IMAGENET1K_V1: none .*b2777c0a\.pth: .*404.*model\.safetensors: .*404/,
    );
    await expect(load("alexnet", { offline: true })).rejects.toThrow(/^DOWNLOAD_FAILED: alexnet-owt-7be5be79\.pth: /);
  });

  it("refuses a file with another SHA-256 than in its name", async () => {
    await expect(load(MODEL, { formats: ["pth"] })).rejects.toThrow(/starts with a639ec97, got/);
  });

  it.each<[string, LoadPretrainedOptions, RegExp]>([
    ["d2l/lenet", {}, /the network has no published weights.*@isoconv\/zoo\/trained-weights/],
    ["d2l/vgg11", {}, /the network has no published weights.*Did you mean "vgg11"\?/],
    ["resnet81", {}, /no such model.*Did you mean "resnet18"/],
    ["resnet50", { weights: "IMAGENET1K_V3" }, /expected IMAGENET1K_V1 or IMAGENET1K_V2, got "IMAGENET1K_V3"/],
    ["alexnet", { formats: ["safetensors"] }, /have no file of these formats; expected pth/],
    ["alexnet", { endpoints: { pytorch: "mirror" } }, /options\.endpoints\.pytorch: no address of a server/],
    ["alexnet", { endpoints: { hub: "http://a" } as object }, /no such option; expected huggingFace, pytorch/],
    ["alexnet", { model: {} } as object, /no such option/],
    ["alexnet", { retries: 0.5 }, /^INVALID_ATTRIBUTE: .*options\.retries/],
  ])("refuses %s with %o", async (name, options, said) => {
    await expect(load(name, options)).rejects.toThrow(said);
    expect(asked).toEqual([]);
  });
});

it("fetchPretrained gives the file alone", async () => {
  const { source, weights } = await fetchPretrained(MODEL, { cache, formats: ["safetensors"], offline: true });
  expect(source instanceof URL ? source.href : "").toMatch(/^file:.*model\.safetensors$/);
  expect(weights.model).toBe(MODEL);
});

it("findPretrained gives the newest weights, or those of a name", () => {
  expect(findPretrained("resnet50").name).toBe("IMAGENET1K_V2");
  expect(findPretrained("resnet50", "IMAGENET1K_V1").accuracy.top1).toBe(76.13);
});

it("mirrors stand in place of the servers, by an option or a variable", () => {
  const [pth, hub] = findPretrained("resnet18").files;
  expect(mirrorOf(pth, {}, {}).href).toBe("https://download.pytorch.org/models/resnet18-f37072fd.pth");
  expect(mirrorOf(hub, {}, { HF_ENDPOINT: "https://hub.example/hf/" }).href).toBe(
    "https://hub.example/hf/timm/resnet18.tv_in1k/resolve/main/model.safetensors",
  );
  expect(mirrorOf(pth, {}, { ISOCONV_PYTORCH_ENDPOINT: "https://pt.example" }).host).toBe("pt.example");
  expect(mirrorOf(pth, { pytorch: "http://own" }, { ISOCONV_PYTORCH_ENDPOINT: "https://pt.example" }).host).toBe("own");
  expect(() => mirrorOf(hub, {}, { HF_ENDPOINT: "ftp://a" })).toThrow(/^INVALID_ATTRIBUTE: HF_ENDPOINT: .*"ftp:\/\/a"/);
});
