import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv, isoconvHere } from "../../command.test.support.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "isoconv-draw-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("isoconv draw", () => {
  it("prints the drawing, or writes it to a file", async () => {
    const { status, stdout } = await isoconv(folder, "draw", "googlenet");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*inception5b[^]*<\/svg>\n$/);
    const written = await isoconv(folder, "draw", "googlenet", "--output", "googlenet.svg");
    expect(written).toEqual({ status: 0, stdout: "Written: googlenet.svg\n", stderr: "" });
    expect(await readFile(join(folder, "googlenet.svg"), "utf8")).toBe(stdout);
  });

  it("prints to stdout for --output -, and nothing else", async () => {
    const printed = await isoconvHere("draw", "d2l/lenet");
    expect(printed.stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(await isoconvHere("draw", "d2l/lenet", "--output", "-")).toEqual(printed);
  });

  it("opens blocks to the requested depth", async () => {
    const { stdout } = await isoconv(folder, "draw", "googlenet", "--depth", "2");
    expect(stdout).toContain(">inception3a.branch2<");
  });

  it("draws in the requested direction", async () => {
    const sizeOf = (svg: string): readonly number[] =>
      [...svg.slice(0, 200).matchAll(/(?:width|height)="(\d+)"/g)].map(([, extent]) => Number(extent));
    const [width, height] = sizeOf((await isoconv(folder, "draw", "d2l/lenet", "--direction", "right")).stdout);
    expect(width).toBeGreaterThan(height);
  });

  it("draws networks for any input size and number of classes", async () => {
    const { stdout } = await isoconv(folder, "draw", "resnet18", "--input", "1x96x96", "--classes", "7");
    expect(stdout).toContain(">N×1×96×96<");
    expect(stdout).toContain(">linear, 7<");
  });

  it.each<[string, RegExp, string[]]>([
    ["a folder that is not there", /cannot write nowhere\/x\.svg: ENOENT/, ["d2l/lenet", "--output", "nowhere/x.svg"]],
    ["a folder in place of a file", /cannot write \.: EISDIR/, ["d2l/lenet", "--output", "."]],
    [
      "a name of a picture",
      /x\.png: the command writes SVG, not what \.png stands for/,
      ["d2l/lenet", "--output", "x.png"],
    ],
    ["an unknown network", /Did you mean "resnet18"/, ["resnet8"]],
    ["an unknown direction", /Allowed choices are down, right/, ["d2l/lenet", "--direction", "up"]],
    ["an input too small", /INVALID_SHAPE: .*at least 15×15/, ["googlenet", "--input", "3x8x8"]],
  ])("refuses %s", async (_what, message, args) => {
    const { status, stdout, stderr } = await isoconv(folder, "draw", ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
