import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { photos } from "@isoconv/mobilenet-v2/photos";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv, isoconvHere } from "../../command.test.support.js";

let folder: string;
const [chelsea, coffee] = photos.map(({ file }) => fileURLToPath(file));
const small = (name: string): string =>
  fileURLToPath(new URL(`../../../../../packages/vision/goldens/pictures/${name}`, import.meta.url));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-classify-"));
  await writeFile(join(folder, "page.jpg"), "<!doctype html><title>404</title>");
  await writeFile(join(folder, "cut.png"), (await readFile(chelsea)).subarray(0, 50_000));
  await mkdir(join(folder, "album", "older"), { recursive: true });
  await mkdir(join(folder, "empty"));
  await writeFile(join(folder, "album", "notes.txt"), "");
  for (const name of ["10.jpg", "9.jpg", join("older", "1.JPEG")]) {
    await copyFile(small("orientation-6.jpg"), join(folder, "album", name));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Answer {
  readonly path: string;
  readonly top?: readonly { readonly class: number; readonly name: string; readonly probability: number }[];
  readonly error?: { readonly code: string; readonly message: string };
}

interface Printed {
  readonly preset: string;
  readonly preprocessing: { readonly resize: number; readonly crop: number };
  readonly wallMilliseconds: number;
  readonly runMilliseconds: number;
  readonly pictures: readonly Answer[];
}

const parse = (stdout: string): Printed => JSON.parse(stdout) as Printed;

describe("isoconv classify", () => {
  it("names what is on photographs, without a download", async () => {
    const files = photos.map(({ file }) => fileURLToPath(file));
    const { status, stdout, stderr } = await isoconvHere("classify", ...files);
    expect(status).toBe(0);
    expect(stderr).not.toContain("isoconv:");
    expect(stdout).toMatch(/^mobilenet_v2 \(torchvision's IMAGENET1K_V1 in float16\) on /);
    expect(stdout).toMatch(/chelsea\.png +71\.79 % {2}Egyptian cat\n.*coffee\.png +99\.22 % {2}espresso\n.* 19\.23 %/);
  });

  it("shows five classes of one picture, and the requested number of several", async () => {
    const one = parse((await isoconvHere("classify", chelsea, "--json")).stdout);
    expect(one.pictures[0].top?.map(({ name }) => name)).toEqual([
      "Egyptian cat",
      "tiger cat",
      "tabby",
      "lynx",
      "plastic bag",
    ]);
    const two = parse((await isoconvHere("classify", chelsea, coffee, "--top", "2", "--json")).stdout);
    expect(two.pictures.map(({ top }) => top?.map(({ class: index }) => index))).toEqual([
      [285, 282],
      [967, 925],
    ]);
    expect(two.runMilliseconds).toBeGreaterThan(0);
    expect(two.wallMilliseconds).toBeGreaterThanOrEqual(two.runMilliseconds);
  });

  it("goes on after pictures that cannot be read, says why, and fails", async () => {
    const files = [join(folder, "page.jpg"), join(folder, "cut.png"), join(folder, "none.png"), coffee];
    const { status, stdout, stderr } = await isoconvHere("classify", ...files);
    expect(status).toBe(2);
    expect(stdout).toMatch(/coffee\.png +99\.22 % {2}espresso/);
    expect(stderr).toMatch(/isoconv: INVALID_FILE: \S+page\.jpg: the file is an HTML page/);
    expect(stderr).toMatch(/isoconv: INVALID_FILE: \S+cut\.png: the file starts as a PNG picture/);
    expect(stderr).toMatch(/isoconv: INVALID_FILE: \S+none\.png: the file cannot be read \(ENOENT/);
    expect(stderr).toMatch(/isoconv: 3 of 4 pictures could not be read\n$/);
    const printed = await isoconvHere("classify", ...files, "--json");
    expect(printed.status).toBe(2);
    expect(parse(printed.stdout).pictures.map(({ error }) => error?.code)).toEqual([
      "INVALID_FILE",
      "INVALID_FILE",
      "INVALID_FILE",
      undefined,
    ]);
  });

  it("takes the pictures of folders, in the order of their names", async () => {
    const album = join(folder, "album");
    const { status, stdout } = await isoconvHere("classify", album, "--json");
    expect(status).toBe(0);
    const paths = parse(stdout).pictures.map(({ path }) => path);
    expect(paths).toEqual(["9.jpg", "10.jpg", join("older", "1.JPEG")].map((name) => join(album, name)));
  });

  it("prepares many pictures in threads, with the same answers in the same order", async () => {
    const files = [small("orientation-6.jpg"), join(folder, "page.jpg"), chelsea, small("orientation-3.jpg"), coffee];
    const one = await isoconvHere("classify", ...files, "--top", "1", "--json");
    const many = await isoconv(folder, "classify", ...files, ...files, "--top", "1", "--json");
    expect([one.status, many.status]).toEqual([2, 2]);
    const { pictures } = parse(one.stdout);
    expect(parse(many.stdout).pictures).toEqual([...pictures, ...pictures]);
  });

  it("uses the preprocessing of the published weights that are named", async () => {
    const weights = ["--weights", "seed:1", "--json"];
    const second = await isoconvHere("classify", coffee, ...weights, "--preset", "IMAGENET1K_V2");
    expect(parse(second.stdout)).toMatchObject({ preset: "IMAGENET1K_V2", preprocessing: { resize: 232, crop: 224 } });
    const other = await isoconvHere("classify", coffee, ...weights, "--model", "squeezenet1_1");
    expect(parse(other.stdout)).toMatchObject({ preset: "IMAGENET1K_V1", preprocessing: { resize: 256, crop: 224 } });
  });

  it.each<[string, readonly string[], RegExp]>([
    ["an unknown option", ["--fast"], /unknown option '--fast'/],
    ["an unknown backend", ["--backend", "gpu"], /--backend: no such backend/],
    ["an unknown network", ["--model", "mobilenet_v9"], /no such model.*Did you mean "mobilenet_v2"/],
    [
      "a network without weights",
      ["--model", "resnet18"],
      /no trained weights come with this network.*--weights pretrained downloads/,
    ],
    [
      "a network whose preprocessing is not known",
      ["--model", "d2l/lenet"],
      /the preprocessing of the pictures is not/,
    ],
    ["a network that is not the zoo's", ["--model", "./network.js"], /UNSUPPORTED: --model/],
    ["an unknown preset", ["--preset", "V3"], /--preset: mobilenet_v2 has IMAGENET1K_V1, IMAGENET1K_V2, got V3/],
    [
      "other classes without a preset",
      ["--classes", "10", "--weights", "seed:1"],
      /expected IMAGENET1K_V1, IMAGENET1K_V2 with --preset/,
    ],
  ])("refuses %s", async (_what, args, message) => {
    const { status, stdout, stderr } = await isoconvHere("classify", coffee, ...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  it("refuses a folder without pictures", async () => {
    const { status, stderr } = await isoconvHere("classify", join(folder, "empty"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/INVALID_FILE: \S+empty: there are no pictures in the folder; expected files that end with/);
  });
});
