import { describe, expect, it } from "vitest";
import { createModel } from "../create-model.js";
import { models } from "../models.js";
import { drawingOf } from "./drawing-of.js";
import { renderSvg } from "./render-svg.js";
import { checkXml } from "./xml.test.support.js";

describe("renderSvg", () => {
  it.each(models.map(({ name }) => name))("draws %s as well-formed XML, the same each time", (name) => {
    const drawing = drawingOf(createModel(name));
    const svg = renderSvg(drawing);
    const counts = checkXml(svg);
    // The page's title, and one for each box.
    expect(counts.get("title")).toBe(1 + drawing.boxes.length);
    expect(counts.get("desc")).toBe(1);
    expect(renderSvg(drawingOf(createModel(name)))).toBe(svg);
  });

  it("describes the drawing in words too", () => {
    const svg = renderSvg(drawingOf(createModel("d2l/lenet")));
    expect(/role="img" aria-labelledby="(\S+) (\S+)"/.exec(svg)?.slice(1)).toEqual([
      /<title id="([^"]+)">d2l\/lenet</.exec(svg)?.[1],
      /<desc id="([^"]+)">/.exec(svg)?.[1],
    ]);
    expect(svg).toContain("61,706 parameters, 416,520 multiply-adds an image.");
    expect(svg).toContain("0: conv 5×5, 6: sigmoid: N×6×28×28 from input;");
    expect(svg).toContain("<title>3, 4: 2,416 parameters, 240,000 MACs</title>");
  });

  it("marks the group of each box", () => {
    const drawing = drawingOf(createModel("resnet50"));
    const marked = [...renderSvg(drawing).matchAll(/<g class="\w+" data-box="([^"]+)">/g)].map(([, id]) => id);
    expect(marked).toEqual(drawing.boxes.map(({ id }) => id));
  });

  it("draws one line with an arrow for each edge", () => {
    const drawing = drawingOf(createModel("resnet18"));
    expect(renderSvg(drawing).match(/marker-end/g)).toHaveLength(drawing.edges.length);
  });

  it("draws repeated blocks as a stack with their number", () => {
    const svg = renderSvg(drawingOf(createModel("resnet50")));
    expect(svg).toMatch(/layer3\.1 … layer3\.5<tspan [^>]*> ×5<\/tspan>/);
  });

  it("lists the colours in use", () => {
    const svg = renderSvg(drawingOf(createModel("d2l/lenet")));
    const legend = svg.split("\n").filter((line) => /^<g class="\w+"><rect[^>]*width="14"/.test(line));
    expect(legend.map((line) => />(\w+)<\/text>/.exec(line)?.[1])).toEqual([
      "convolution",
      "pooling",
      "movement",
      "dense",
    ]);
  });

  it("refers to no external resource", () => {
    const svg = renderSvg(drawingOf(createModel("googlenet")), { direction: "right" });
    expect(svg.match(/\w+:\/\/[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
    expect(svg).toContain("prefers-color-scheme:dark");
  });

  it("escapes names", () => {
    const drawing = drawingOf(createModel("d2l/lenet"));
    const hostile = '</title><script>"&\u0001';
    const svg = renderSvg({
      ...drawing,
      name: hostile,
      boxes: drawing.boxes.map((box) => ({ ...box, name: hostile, paths: [hostile, hostile], repeats: 2 })),
    });
    expect(checkXml(svg).has("script")).toBe(false);
  });
});
