import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isoconv } from "../../command.test.support.js";

const committed = (id: string): string =>
  fileURLToPath(new URL(`../../../../../reports/data/${id}.json`, import.meta.url));

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "isoconv-report-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("isoconv report", () => {
  it("shows several backends and their speed on one page", async () => {
    const speed = await isoconv(
      folder,
      "bench",
      "--backend",
      "onnx-node",
      "--op",
      "softmax",
      "--rounds",
      "5",
      "--report",
      "speed.json",
    );
    expect(speed.status).toBe(0);
    const args = [committed("onnx-node"), committed("tfjs-wasm"), "--speed", "speed.json", "--output", "page.html"];
    const { status, stdout } = await isoconv(folder, "report", ...args);
    expect(status).toBe(0);
    expect(stdout).toContain("onnx-node: conformant\ntfjs-wasm: conformant\n");
    const page = await readFile(join(folder, "page.html"), "utf8");
    expect(page).toContain("<title>isoconv conformance: onnx-node, tfjs-wasm</title>");
    expect(page).toContain('<h2 id="speed">');
    expect(page).toContain("softmax 1000");
  });

  it.each<[string, string, RegExp, string?]>([
    ["a page of another name", "nowhere.json", /page\.pdf: the command writes HTML, not what \.pdf/, "page.pdf"],
    ["a file that is not there", "nowhere.json", /nowhere\.json: the file cannot be read/],
    ["a file that is not a report", "other.json", /other\.json: version: not what a report holds here/],
    ["a text that is not JSON", "text.json", /text\.json: report: not JSON/],
    ["a picture", "page.png", /INVALID_FILE: page\.png: the file is a PNG picture; expected the report\.json/],
    ["a file compressed with gzip", "report.json.gz", /INVALID_FILE: report\.json\.gz: .*gzip.*Unpack it/],
  ])("refuses %s", async (_what, file, message, page = "page.html") => {
    await writeFile(join(folder, "text.json"), "a report");
    await writeFile(join(folder, "page.png"), Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
    await writeFile(join(folder, "report.json.gz"), Uint8Array.of(0x1f, 0x8b, 8));
    await writeFile(join(folder, "other.json"), '{ "format": "other" }');
    const { status, stderr } = await isoconv(folder, "report", file, "--output", page);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
