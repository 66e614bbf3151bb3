import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32 } from "@isoconv/core-spec";
import { readWeights, writeSafetensors } from "@isoconv/weights";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { addressOf } from "../../files.js";
import { convertWeights } from "./convert-command.js";
import { inspectWeights } from "./inspect-command.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-weights-"));
  const tensors = { "ema.a": float32([2], [1, 0.1]), b: float32([1, 3], [1, 2, 3]) };
  await writeFile(join(folder, "in.pth"), writeSafetensors(tensors, { epoch: "3" }));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a command prints to stdout and stderr. */
async function printed(run: () => Promise<void>): Promise<{ out: string; err: string }> {
  const [out, err] = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
  for (const spy of [out, err]) spy.mockReturnValue(true);
  try {
    await run();
    const text = (spy: typeof out): string => spy.mock.calls.map(([chunk]) => String(chunk)).join("");
    return { out: text(out), err: text(err) };
  } finally {
    vi.restoreAllMocks();
  }
}

it("inspect lists the tensors, and says that the name is wrong", async () => {
  const path = join(folder, "in.pth");
  const { out, err } = await printed(() => inspectWeights(path, { json: false }));
  expect(out).toMatch(/: safetensors, 2 tensors, 5 elements, 20 bytes\nepoch: 3\n/);
  expect(out).toMatch(/ema\.a\s+F32\s+2\s+8/);
  expect(err).toMatch(/the name says PyTorch, but the file is a safetensors file/);
  const json = JSON.parse((await printed(() => inspectWeights(path, { json: true }))).out) as { totals: unknown };
  expect(json.totals).toEqual({ tensors: 2, elements: 5, bytes: 20 });
});

it.each(["safetensors", "npz", "pth"])("convert writes .%s, below a prefix and in float16", async (format) => {
  const output = join(folder, `out.${format}`);
  await printed(() => convertWeights(join(folder, "in.pth"), { output, dtype: "float16", prefix: "ema" }));
  const { tensors } = await readWeights(output, addressOf(output));
  expect([...tensors.keys()]).toEqual(["a"]);
  expect(tensors.get("a")?.dtype).toBe("F16");
  expect([...(tensors.get("a")?.toFloat32().data ?? [])]).toEqual([1, 0.0999755859375]);
});

it("convert refuses unknown endings, and a prefix that no tensor has", async () => {
  const convert = (output: string, prefix?: string) =>
    convertWeights(join(folder, "in.pth"), { output: join(folder, output), dtype: undefined, prefix });
  await expect(convert("out.onnx")).rejects.toThrow(/expected a name that ends with \.safetensors, \.npz, \.pth/);
  await expect(convert("out.npz", "other")).rejects.toThrow(/^INVALID_WEIGHTS: .*no tensor is below the prefix/);
});
