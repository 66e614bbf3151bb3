import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkOutput, type Content } from "./output.js";

const inFolder = (name: string): string => (name === "-" ? name : join(tmpdir(), name));

describe("the extension of an output", () => {
  it.each<[string, Content]>([
    ["x.svg", "SVG"],
    ["x.SVG", "SVG"],
    ["x.html", "HTML"],
    ["x.htm", "HTML"],
    ["x.json", "JSON"],
    ["x.safetensors", "safetensors"],
    ["x", "safetensors"],
    ["x.weights", "safetensors"],
    ["-", "SVG"],
  ])("%s may hold %s", async (name, content) => {
    await expect(checkOutput(inFolder(name), content)).resolves.toBeUndefined();
  });

  it.each<[string, Content, string]>([
    ["x.png", "SVG", ".svg"],
    ["x.svg", "HTML", ".html"],
    ["x.json", "safetensors", ".safetensors"],
    ["x.NPZ", "safetensors", ".safetensors"],
    ["x.html", "JSON", ".json"],
  ])("%s may not hold %s", async (name, content, fitting) => {
    await expect(checkOutput(inFolder(name), content)).rejects.toThrow(
      `${inFolder(name)}: the command writes ${content}, not what ${name.slice(1).toLowerCase()} stands for; use ${fitting}`,
    );
  });
});
