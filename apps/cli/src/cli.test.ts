import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { backendsOn, runsAnywhere } from "@isoconv/backends";
import { judgeEndToEnd, referenceResults } from "@isoconv/judge";
import { inputOf, modelGoldens, resultOf } from "@isoconv/goldens";
import { float32 } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { readSafetensors, writeSafetensors } from "@isoconv/weights";
import { createModel, imagenetClasses, models } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv as inShell, isoconvHere, type Outcome } from "./command.test.support.js";

const backendIds = backendsOn("node")
  .filter(runsAnywhere)
  .map(({ id }) => id);

/** `npm run test:full` sets it. */
const isFull = process.env["ISOCONV_FULL"] === "1";
/** A software GPU classifies 100 images for half a minute. */
const driver = isFull ? process.env["VK_DRIVER_FILES"] : undefined;

/** Runs the command in this process, in the folder of these tests. */
async function isoconv(...args: string[]): Promise<Outcome> {
  const before = process.cwd();
  const inherited = process.env["VK_DRIVER_FILES"];
  process.chdir(folder);
  if (driver === undefined) delete process.env["VK_DRIVER_FILES"];
  try {
    return await isoconvHere(...args);
  } finally {
    process.chdir(before);
    if (inherited !== undefined) process.env["VK_DRIVER_FILES"] = inherited;
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("isoconv models", () => {
  it("lists every network with its published figures", async () => {
    const { status, stdout } = await isoconv("models", "--json");
    expect(status).toBe(0);
    const rows = JSON.parse(stdout) as { name: string; parameters: number; macs: number }[];
    expect(rows.map(({ name }) => name)).toEqual(models.map(({ name }) => name));
    const counted = new Map(
      modelGoldens.full
        .filter(({ options }) => options === undefined)
        .map(({ model, parameters }) => [model, parameters]),
    );
    for (const { name, parameters } of rows) expect([name, parameters]).toEqual([name, counted.get(name)]);
    const rowOf = (wanted: string) => rows.find(({ name }) => name === wanted);
    expect(rowOf("d2l/lenet")).toMatchObject({
      family: "lenet",
      parameters: 61_706,
      macs: 416_520,
      inputShape: ["N", 1, 28, 28],
      minimumSize: 12,
      mean: null,
      trained: "Fashion-MNIST",
      pretrained: [],
    });
    expect(rowOf("resnet50")).toMatchObject({
      family: "resnet",
      parameters: 25_557_032,
      macs: 4_089_184_256,
      inputShape: ["N", 3, 224, 224],
      minimumSize: 1,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      trained: null,
      pretrained: [
        { name: "IMAGENET1K_V1", accuracy: { top1: 76.13, top5: 92.862 }, files: [{ sha256Prefix: "0676ba61" }, {}] },
        { name: "IMAGENET1K_V2", preprocessing: { resize: 232 } },
      ],
    });
  });

  it("prints a table without colours when it is not a terminal", async () => {
    const { stdout } = await inShell(folder, "models");
    expect(stdout).toMatch(/resnet18\s+resnet\s+11,689,512\s+1,814,073,344\s+N×3×224×224\s+69\.76\s+–/);
    expect(stdout).toMatch(/resnet50\s.*\s76\.13, 80\.86\s/);
    expect(stdout).not.toContain("\u001b");
  });
});

describe("isoconv summary", () => {
  it("has the network's totals, for any input size and number of classes", async () => {
    const { stdout } = await isoconv("summary", "d2l/resnet18", "--input", "1x224x224", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ totals: { parameters: 11_178_378, macs: 1_734_890_496 } });
    const fewer = await isoconv("summary", "resnet18", "--classes", "10", "--json");
    expect(JSON.parse(fewer.stdout)).toMatchObject({ totals: { parameters: 11_689_512 - 990 * 513 } });
  });
});

describe("isoconv run", () => {
  const chosen = ["d2l-lenet-2x1x28x28", "resnet18-1x3x33x37", ...(isFull ? ["d2l-resnet18-2x1x33x47"] : [])];

  describe.each(modelGoldens.small.filter(({ id }) => chosen.includes(id)))("on the golden $id", async (golden) => {
    const { model: name, inputShape, seed } = golden;
    const [, channels, height, width] = inputShape;
    const model = createModel(name, { channels, height, width });
    const parameters = initParameters(model.parameters, { seed, scheme: "conformance" });
    const input = inputOf(golden);
    const own = (await referenceResults(model.graph, parameters, { input })).get("logits")!;
    const reference = { ...own, value: resultOf(golden) };

    it.each(backendIds)("reproduces PyTorch's float64 logits on %s within the end-to-end rule", async (backend) => {
      await writeFile(join(folder, `${seed}.weights`), writeSafetensors(parameters));
      await writeFile(join(folder, `${seed}.input`), writeSafetensors({ other: input, input }));
      const files = ["--weights", `${seed}.weights`, "--input", `${seed}.input#input`, "--output", "out.safetensors"];
      const { status, stderr } = await isoconv("run", name, "--backend", backend, ...files);
      expect({ status, stderr: stderr.replaceAll(/^(reading|compiling|running).*\n/gm, "") }).toEqual({
        status: 0,
        stderr: "",
      });
      const logits = readSafetensors(await readFile(join(folder, "out.safetensors")))
        .tensors.get("logits")!
        .toFloat32();
      const f32 = { arithmetic: "f32", convAlgorithm: "direct" } as const;
      expect(judgeEndToEnd(logits, reference, f32)).toMatchObject({ agrees: true, wrongTop1: [] });
    });
  });

  it("uses the trained weights by default, and prints all outputs as JSON", async () => {
    const { stdout } = await isoconv("run", "d2l/lenet", "--backend", "reference", "--input", "seed:3", "--json");
    const { outputs, ...rest } = JSON.parse(stdout) as { outputs: { logits: { shape: number[]; data: number[] } } };
    expect(rest).toMatchObject({ model: "d2l/lenet", backend: "reference", weights: "trained on Fashion-MNIST" });
    expect(outputs.logits.shape).toEqual([1, 10]);
    expect(outputs.logits.data.every(Number.isFinite)).toBe(true);
  });

  it("builds a network for the image size of its trained weights", async () => {
    const run = ["run", "d2l/densenet", "--backend", "reference", "--input"];
    const drawn = await isoconv(...run, "seed:3");
    expect(drawn.stdout).toContain("d2l/densenet (trained on Fashion-MNIST) on reference");
    const { status, stderr } = await isoconv(...run, `${sampleFile()}#images`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/for images of another size; expected "?N×1×32×32"?, got "?N?100?×1×28×28/);
  });

  it("returns features in place of the logits", async () => {
    const run = ["run", "googlenet", "--backend", "reference", "--input", "seed:3", "--weights", "seed:1"];
    const { status, stdout } = await isoconv(
      ...run,
      "--features",
      "conv1",
      "--features",
      "conv2.bn",
      "--transform-input",
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/conv1 +1×64×112×112\nconv2\.bn +1×64×56×56/);
  });

  it("lists features in the requested order, also if their paths are integers", async () => {
    const run = ["run", "d2l/lenet", "--backend", "reference", "--input", "seed:3", "--weights", "seed:1"];
    const { stdout } = await isoconv(...run, "--features", "3", "--features", "0");
    expect(stdout).toMatch(/\n3 +1×.*\n0 +1×/);
  });

  const refused: readonly [string, number, RegExp, string[]][] = [
    [
      "an unknown network, naming the nearest",
      2,
      /no such model.*Did you mean "resnet18"\?/,
      ["run", "resnet81", "--backend", "reference", "--input", "seed:1"],
    ],
    [
      "an unknown backend",
      2,
      /INVALID_ATTRIBUTE: --backend: no such backend; expected reference, onnx-node/,
      ["run", "resnet18", "--backend", "gpu", "--input", "seed:1"],
    ],
    [
      "a network without weights",
      2,
      /INVALID_WEIGHTS.*--weights.*seed:N.*--weights pretrained downloads published ones/,
      ["run", "resnet18", "--backend", "reference", "--input", "seed:1"],
    ],
    [
      "a missing file",
      2,
      /INVALID_FEED: nowhere: the file cannot be read \(ENOENT: no such file or directory\)/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", "nowhere"],
    ],
    [
      "a tensor that is not in the file",
      2,
      /no such tensor.*images, .*got "pictures"/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", `${sampleFile()}#pictures`],
    ],
    [
      "a file of several tensors without a name",
      2,
      /does not say which tensor/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", sampleFile()],
    ],
    [
      "labels in place of images",
      2,
      /INVALID_DTYPE.*indices.*expected F32/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", `${sampleFile()}#indices`],
    ],
    [
      "weights of another network",
      2,
      /INVALID_WEIGHTS: "resnet18" .*102 missing.*10 unexpected.*looks like d2l\/lenet$/m,
      ["run", "resnet18", "--backend", "reference", "--input", "seed:1", "--weights", weightsFile()],
    ],
    [
      "an output that cannot be written, before any work",
      2,
      /^isoconv: cannot write nowhere\/out: ENOENT/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", "seed:1", "--output", "nowhere/out"],
    ],
    [
      "an invalid seed",
      2,
      /expected seed:N .* got seed:abc/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", "seed:abc"],
    ],
    ["an unknown option", 2, /unknown option '--fast'/, ["models", "--fast"]],
    [
      "zero threads",
      2,
      /whole number above 0/,
      ["run", "d2l/lenet", "--backend", "reference", "--input", "seed:1", "--threads", "0"],
    ],
    ["no command", 2, /Usage: isoconv/, []],
  ];
  it.each(refused)("refuses %s with status %i", async (_what, status, message, args) => {
    const outcome = await isoconv(...args);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
  });
});

function sampleFile(): string {
  return fileURLToPath(
    import.meta.resolve("@isoconv/zoo").replace("dist/index.js", "assets/fashion-mnist-100.safetensors"),
  );
}

function weightsFile(): string {
  return fileURLToPath(
    import.meta.resolve("@isoconv/zoo").replace("dist/index.js", "assets/d2l-lenet-fashion-mnist.safetensors"),
  );
}

describe("isoconv run with weights for other images or classes", () => {
  const run = (...args: readonly string[]) => isoconv("run", "squeezenet1_1", "--backend", "reference", ...args);

  const valuesFor = (classes: number) =>
    initParameters(createModel("squeezenet1_1", { classes }).parameters, { seed: 1, scheme: "conformance" });

  beforeAll(async () => {
    const wrapped = Object.entries(valuesFor(4)).map(([name, tensor]) => [`module.${name}`, tensor] as const);
    await writeFile(join(folder, "thousand.safetensors"), writeSafetensors(valuesFor(1000)));
    await writeFile(join(folder, "four.safetensors"), writeSafetensors(Object.fromEntries(wrapped)));
    await writeFile(join(folder, "grey"), writeSafetensors({ x: float32([1, 1, 32, 32]) }));
    await writeFile(join(folder, "colour"), writeSafetensors({ x: float32([1, 3, 32, 32]) }));
  });

  it("says how the names of the file were read", async () => {
    const { stdout, stderr } = await run("--input", "colour", "--weights", "four.safetensors", "--classes", "4");
    expect(stdout).toContain("squeezenet1_1 (four.safetensors, names read as pytorch) on reference");
    expect(stderr).toContain('isoconv: four.safetensors: took "module." off the names\n');
  });

  it("names the classes of published weights, and of no others", async () => {
    const isNamed = async (weights: string, ...args: readonly string[]) => {
      const { stdout } = await run("--input", "colour", "--weights", weights, ...args);
      return imagenetClasses.some((name) => stdout.includes(`  ${name}  `));
    };
    expect(await isNamed("thousand.safetensors")).toBe(true);
    expect(await isNamed("four.safetensors", "--classes", "4")).toBe(false);
    expect(await isNamed("seed:1")).toBe(false);
    const weights = ["--weights", weightsFile()];
    const lenet = await isoconv("run", "d2l/lenet", "--backend", "reference", "--input", "seed:3", ...weights);
    expect(lenet.stdout).toMatch(/0\s+\d\s+class \d/);
  });

  it("names the image shape that the weights need", async () => {
    const { status, stderr } = await run("--input", "grey", "--weights", "four.safetensors", "--classes", "4");
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^isoconv: INVALID_FEED: "squeezenet1_1" --input: .* four\.safetensors .*; expected N×3×H×W, got "N×1×32×32"/,
    );
  });

  it("names the option that makes the classes fit", async () => {
    const { status, stderr } = await run("--input", "colour", "--weights", "four.safetensors");
    expect(status).toBe(2);
    expect(stderr).toMatch(/INVALID_WEIGHTS.*expected 1000 classes, got 4\. Try --classes 4, or --fresh-head 1/);
  });

  it("reads the tensors that its flags select, and says what it did on stderr and as JSON", async () => {
    const tensors = Object.entries(valuesFor(4)).flatMap(([name, tensor]) => [
      [`ema.${name.replace("classifier.1", "head")}`, tensor] as const,
      [`model.${name}`, tensor] as const,
    ]);
    await writeFile(
      join(folder, "wild.safetensors"),
      writeSafetensors({ ...Object.fromEntries(tensors), "ema.extra.weight": float32([1]) }),
    );
    const flags = ["--prefix", "ema", "--ignore", "*extra*", "--rename", "ema.head.*=ema.classifier.1.*"];
    const weights = ["--input", "colour", "--weights", "wild.safetensors", "--classes", "4"];
    const { status, stdout, stderr } = await run(...weights, ...flags, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      checkpoint: {
        naming: "pytorch",
        prefix: "ema.",
        renamed: [{ to: "classifier.1.bias" }, { from: "ema.head.weight", to: "classifier.1.weight" }],
        fresh: [],
      },
    });
    expect(stderr).toContain('isoconv: wild.safetensors: renamed 2 tensors ("ema.head.bias", "ema.head.weight")\n');
    expect(stderr).toContain('dropped 1 tensor ("ema.extra.weight"): left out as asked\n');
    expect(stderr).toMatch(/dropped 52 tensors \("model\.\S+, "model\.\S+, "model\.\S+, …\): outside the prefix\n/);
    expect((await run(...weights)).stderr).toMatch(
      /The names of squeezenet1_1 are below "model\.": choose with the option prefix/,
    );
  });

  it("leaves a head fresh on request, and names no classes then", async () => {
    const flags = ["--input", "colour", "--weights", "four.safetensors", "--fresh-head", "7"];
    const { status, stdout, stderr } = await run(...flags);
    expect(status).toBe(0);
    expect(stdout).toMatch(/class \d+/);
    expect(stderr).toMatch(/drew new values for 2 tensors \("classifier\.1\.weight", .*\): the head is not trained\n/);
  });

  it("adapts weights for RGB on request", async () => {
    const grey = ["--input", "grey", "--weights", "thousand.safetensors"];
    expect((await run(...grey)).stderr).toMatch(/INVALID_FEED.*--adapt-channels uses weights for RGB/);
    const { status, stdout, stderr } = await run(...grey, "--adapt-channels");
    expect(status).toBe(0);
    expect(imagenetClasses.some((name) => stdout.includes(`  ${name}  `))).toBe(true);
    expect(stderr).toContain('made 1 tensor ("features.0.weight") for RGB fit the network\'s channels\n');
  });

  it("drops a replaced head that features cut off", async () => {
    const body = Object.entries(valuesFor(4)).filter(([name]) => name.startsWith("features."));
    const replaced = { ...Object.fromEntries(body), "classifier.1.0.weight": float32([2, 512]) };
    await writeFile(join(folder, "replaced.safetensors"), writeSafetensors(replaced));
    const flags = ["--input", "colour", "--weights", "replaced.safetensors", "--features", "features.12"];
    const { status, stderr } = await run(...flags);
    expect(status).toBe(0);
    expect(stderr).toContain('dropped 1 tensor ("classifier.1.0.weight"): of parts that are not loaded\n');
  });

  it.each([
    [["--prefix", "model"], /^isoconv: --prefix needs --weights with a file/],
    [["--weights", "seed:1", "--fresh-head", "1"], /^isoconv: --fresh-head needs --weights with a file/],
    [["--weights", "four.safetensors", "--rename", "head"], /expected GLOB=NAME/],
    [
      ["--weights", "four.safetensors", "--ignore", "fc.*"],
      /INVALID_ATTRIBUTE.*options\.ignore: no tensor of the file/,
    ],
  ])("refuses %j", async (flags, message) => {
    const { status, stderr } = await run("--input", "colour", ...flags);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("isoconv run on invalid images", () => {
  const image = (shape: readonly number[], value: number) =>
    float32(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value));

  it("says that the input, not the weights, has the wrong size for the trained network", async () => {
    await writeFile(join(folder, "rgb"), writeSafetensors({ x: image([1, 3, 28, 28], 0) }));
    const { status, stderr } = await isoconv("run", "d2l/lenet", "--backend", "reference", "--input", "rgb");
    expect(status).toBe(2);
    expect(stderr).toMatch(/INVALID_FEED: "d2l\/lenet" --input: .*; expected N×1×28×28, got "1×3×28×28"/);
  });

  it("does not name a class when the logits are NaN", async () => {
    await writeFile(join(folder, "nan"), writeSafetensors({ x: image([1, 1, 28, 28], Number.NaN) }));
    const { stdout } = await isoconv("run", "d2l/lenet", "--backend", "reference", "--input", "nan");
    expect(stdout).toMatch(/0\s+–\s+not a number\s+NaN/);
  });

  it("names the invalid file", async () => {
    await writeFile(join(folder, "broken.safetensors"), "not safetensors at all");
    const { status, stderr } = await isoconv(
      "run",
      "d2l/lenet",
      "--backend",
      "reference",
      "--input",
      "broken.safetensors",
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^isoconv: INVALID_WEIGHTS: broken\.safetensors: /);
  });

  it.each([
    ["--input", "cat.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], /a PNG picture.*Decode and normalise/],
    ["--weights", "resnet18.pth", [0x1f, 0x8b, 8, 8], /compressed with gzip.*gunzip/],
    ["--weights", "page.safetensors", [...Buffer.from("<!doctype html>")], /an HTML page.*check the address/],
  ] as const)("says what a file of %s is when it is %s", async (option, name, bytes, said) => {
    await writeFile(join(folder, name), Uint8Array.from(bytes));
    const input = option === "--input" ? [] : ["--input", "seed:1"];
    const { status, stderr } = await isoconv("run", "resnet18", "--backend", "reference", ...input, option, name);
    expect(status).toBe(2);
    expect(stderr.startsWith(`isoconv: INVALID_FILE: ${name}: the file is `)).toBe(true);
    expect(stderr).toMatch(said);
  });

  it("exits with 0 and no message when its output pipe is closed", async () => {
    const command = fileURLToPath(new URL("../dist/main.js", import.meta.url));
    const child = spawn(process.execPath, [command, "models", "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    expect(stderr).toBe("");
  });
});

describe("isoconv compare", () => {
  it("refuses weights with which the oracle's logits are NaN", async () => {
    const { parameters } = createModel("d2l/lenet");
    const nan = parameters.map(({ name, shape }) => [
      name,
      float32(shape, new Float32Array(shape.reduce<number>((a, b) => a * Number(b), 1)).fill(Number.NaN)),
    ]);
    await writeFile(join(folder, "nan.weights"), writeSafetensors(Object.fromEntries(nan)));
    const { status, stderr } = await isoconv("compare", "--backend", "reference", "--weights", "nan.weights");
    expect(status).toBe(2);
    expect(stderr).toMatch(/isoconv: warning: NON_FINITE_WEIGHTS: parameters\["0\.weight"\]: 150 of 150 values/);
    expect(stderr).toMatch(/INVALID_WEIGHTS: nan\.weights: the oracle's logits are not finite/);
  });

  it("names the nearest network for an unknown name", async () => {
    const { status, stderr } = await isoconv("compare", "d2l/lenett");
    expect(status).toBe(2);
    expect(stderr).toMatch(/Did you mean "d2l\/lenet"\?/);
  });

  it("finds every available backend within its bound, with identical predictions and accuracy", async () => {
    const { status, stdout } = await isoconv("compare", "--rounds", "2", "--json");
    expect(status).toBe(0);
    const comparison = JSON.parse(stdout) as {
      verdict: string;
      rows: { backend: string; status: string; share: number; accuracy: number; predictions: number[] }[];
    };
    expect(comparison).toMatchObject({ format: "isoconv-comparison", verdict: "agree", count: 100 });
    const ran = comparison.rows.filter(({ status: outcome }) => outcome === "ran");
    expect(ran.map(({ backend }) => backend)).toEqual(expect.arrayContaining(backendIds));
    for (const { share, accuracy, predictions } of ran) {
      expect(share).toBeLessThanOrEqual(1);
      expect(accuracy).toBeGreaterThanOrEqual(0.8);
      expect(predictions).toEqual(comparison.rows[0]?.predictions);
    }
  });

  it("prints the table and a verdict, and writes a self-contained page", async () => {
    const { status, stdout } = await isoconv(
      "compare",
      "--backend",
      "reference",
      "--backend",
      "onnx-node",
      "--rounds",
      "1",
      "--report",
      "report.html",
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /backend\s+runtime\s+threads\s+accuracy\s+deviation\s+of bound\s+cold start\s+latency\s+images\/s/,
    );
    expect(stdout).toMatch(/✓ 2 backends agree with the float64 oracle; identical predictions/);
    const page = await readFile(join(folder, "report.html"), "utf8");
    expect(page.match(/<figure>/g)).toHaveLength(100);
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
  });

  it("refuses a network without trained weights and images", async () => {
    const { status, stderr } = await isoconv("compare", "resnet18");
    expect(status).toBe(2);
    expect(stderr).toMatch(/no trained weights and images come with this network/);
  });
});
