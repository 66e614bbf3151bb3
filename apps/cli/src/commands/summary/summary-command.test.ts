import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { isoconv, isoconvHere } from "../../command.test.support.js";

const summary = (...args: string[]): ReturnType<typeof isoconv> => isoconv(tmpdir(), "summary", ...args);

describe("isoconv summary", () => {
  it("prints a tree to the requested depth", async () => {
    const { status, stdout } = await summary("resnet18", "--depth", "1");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^layer4 +N×512×7×7 +8,393,728 +411,041,792 +1\.53 MiB +435 +32$/m);
    expect(stdout).toMatch(/^total +11,689,512 +1,814,073,344 +31\.4 MiB$/m);
    expect(stdout).toContain("activations of one image 6.13 MiB at a time, at bn1.");
    expect(stdout).not.toContain("├─");
    expect((await summary("resnet18")).stdout).toMatch(/^│ {2}└─ relu_1 +relu /m);
  });

  it("prints Markdown", async () => {
    const { stdout } = await summary("d2l/lenet", "--format", "markdown");
    expect(stdout).toContain("| `11` | linear | N×10 | 850 | 840 | 40 B | all | – |");
  });

  it("prints JSON, cut at a depth and counted for a batch", async () => {
    const { stdout } = await summary("resnet18", "--json", "--depth", "1", "--batch", "4");
    const { children, ...rest } = JSON.parse(stdout) as { children: { path: string; children: unknown[] }[] };
    expect(rest).toMatchObject({ batch: 4, totals: { parameters: 11_689_512, macs: 4 * 1_814_073_344 } });
    expect(children).toHaveLength(11);
    expect(children[4]).toMatchObject({ path: "layer1", receptiveField: [43, 43], stride: [4, 4], children: [] });
    expect((await summary("resnet18", "--format", "json", "--depth", "1", "--batch", "4")).stdout).toBe(stdout);
  });

  it("dilates a ResNet to the wanted stride", async () => {
    const layer4 = async (stride: string): Promise<string | undefined> =>
      /^layer4 .*$/m.exec(
        (await isoconvHere("summary", "resnet50", "--output-stride", stride, "--depth", "1")).stdout,
      )?.[0];
    expect(await layer4("32")).toMatch(/ N×2048×7×7 .* 32$/);
    expect(await layer4("16")).toMatch(/ N×2048×14×14 .* 16$/);
    expect(await layer4("8")).toMatch(/ N×2048×28×28 .* 8$/);
    const { stderr } = await isoconvHere("summary", "resnet18", "--output-stride", "8");
    expect(stderr).toMatch(/^isoconv: INVALID_ATTRIBUTE: "resnet18" .*: the network has no such option/);
    const own = await isoconvHere("summary", "./own.js", "--output-stride", "8");
    expect(own.stderr).toMatch(/--output-stride is an option of ResNets, not of .*own\.js/);
  });

  it.each<[string, RegExp, string[]]>([
    ["an unknown format", /Allowed choices are text, markdown, json/, ["--format", "html"]],
    ["two formats at once", /'--json' cannot be used with option '--format <format>'/, ["--json", "--format", "text"]],
    ["a depth of 0", /expected a whole number above 0/, ["--depth", "0"]],
  ])("refuses %s", async (_what, message, args) => {
    const { status, stderr } = await summary("d2l/lenet", ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
