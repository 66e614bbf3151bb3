import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@isoconv/core-spec";
import { readSafetensors, writeSafetensors, writeWeights } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { isoconvHere } from "../../command.test.support.js";

let server: Server;
let cache: string;
let requests = 0;
beforeAll(async () => {
  const zeros = createModel("densenet121").parameters.map(({ name, shape }) => [name, float32(shape)] as const);
  const tensors = readSafetensors(writeSafetensors(Object.fromEntries(zeros)));
  const bytes = await writeWeights("safetensors", tensors, { dtype: "float16" });
  server = createServer((request, response) => {
    requests += 1;
    if (request.url?.includes("/timm/densenet121.tv_in1k/") === true) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cache = await mkdtemp(join(tmpdir(), "isoconv-fetch-"));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("HF_ENDPOINT", host);
  vi.stubEnv("ISOCONV_PYTORCH_ENDPOINT", host);
  vi.stubEnv("ISOCONV_CACHE", cache);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(cache, { recursive: true });
});

it("weights fetch downloads into the cache, and prints where the file is", async () => {
  const { status, stdout } = await isoconvHere("weights", "fetch", "densenet121", "--format", "safetensors");
  expect(status).toBe(0);
  const [what, path] = stdout.trim().split("\n");
  expect(what).toMatch(/^densenet121 IMAGENET1K_V1, safetensors, 1\d,\d{3},\d{3} bytes$/);
  expect(path).toMatch(/model\.safetensors$/);
  const again = await isoconvHere("weights", "fetch", "densenet121", "--offline", "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ weights: "IMAGENET1K_V1", file: path, format: "safetensors" });
  expect(requests).toBe(1);
});

it("run takes published weights of the cache", async () => {
  const image = join(cache, "image.safetensors");
  await writeFile(image, writeSafetensors({ image: float32([1, 3, 32, 32]) }));
  const args = ["--backend", "onnx-node", "--input", image, "--threads", "1", "--json"];
  vi.stubEnv("ISOCONV_OFFLINE", "1");
  const { status, stdout } = await isoconvHere("run", "densenet121", "--weights", "pretrained", ...args);
  vi.stubEnv("ISOCONV_OFFLINE", "");
  expect(status).toBe(0);
  const { weights, predictions } = JSON.parse(stdout) as { weights: string; predictions: { top: object[] }[] };
  expect(weights).toMatch(/^IMAGENET1K_V1 \(.*model\.safetensors\), names read as pytorch$/);
  expect(predictions[0].top[0]).toMatchObject({ name: "tench", logit: 0 });
});

it.each([
  [["weights", "fetch", "densenet169"], /DOWNLOAD_FAILED: "densenet169" IMAGENET1K_V1: none of the files can be had/],
  [["weights", "fetch", "resnet50", "--weights", "V3"], /expected IMAGENET1K_V1 or IMAGENET1K_V2, got "V3"/],
  [["weights", "fetch", "d2l/lenet"], /the network has no published weights/],
  [
    ["run", "alexnet", "--backend", "onnx-node", "--input", "seed:1", "--weights", "pretrained:V3"],
    /no such weights; expected IMAGENET1K_V1, got "V3"/,
  ],
])("isoconv %j says why it cannot", async (args, said) => {
  const { status, stderr } = await isoconvHere(...args);
  expect([status, stderr]).toEqual([2, expect.stringMatching(said)]);
});
