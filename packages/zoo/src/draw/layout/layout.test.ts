import { describe, expect, it } from "vitest";
import { createModel } from "../../create-model.js";
import { models } from "../../models.js";
import { boxExtent, boxText } from "../box-text.js";
import { drawingOf } from "../drawing-of.js";
import type { Direction, Layout, PlacedBox, WirePiece } from "./geometry.js";
import { layout } from "./layout.js";

const size = (id: string, width = 100, height = 40): { id: string; width: number; height: number } => ({
  id,
  width,
  height,
});

function layoutOf(name: string, depth: number | undefined, direction: Direction): Layout {
  const { boxes, edges } = drawingOf(createModel(name), depth === undefined ? {} : { depth });
  return layout(
    boxes.map((box) => ({ id: box.id, ...boxExtent(boxText(box)) })),
    edges,
    direction,
  );
}

function overlaps(a: PlacedBox, b: PlacedBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a piece, which stays within the rectangle of its ends, may enter a box. */
function enters({ from, to }: WirePiece, { x, y, width, height }: PlacedBox): boolean {
  const meets = (a: number, b: number, start: number, end: number): boolean =>
    a === b ? start < a && a < end : Math.min(a, b) < end && start < Math.max(a, b);
  return meets(from.x, to.x, x, x + width) && meets(from.y, to.y, y, y + height);
}

describe("layout", () => {
  it("runs a chain straight", () => {
    const { boxes, width, height } = layout(
      [size("a"), size("b", 60), size("c")],
      [
        { from: "a", to: "b" },
        { from: "b", to: "c" },
      ],
      "down",
    );
    expect(boxes.map(({ x, width }) => x + width / 2)).toEqual([50, 50, 50]);
    expect(boxes.map(({ y }) => y)).toEqual([0, 74, 148]);
    expect({ width, height }).toEqual({ width: 100, height: 188 });
  });

  it("routes a shortcut around the boxes it bypasses, without bending the main path", () => {
    const edges = [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
      { from: "b", to: "c" },
    ];
    const { boxes, wires } = layout([size("a"), size("b"), size("c")], edges, "down");
    const [a, b, c] = boxes.map(({ x }) => x);
    expect(Math.abs(a - b)).toBeLessThan(0.5);
    expect(Math.abs(c - b)).toBeLessThan(0.5);
    const passing = wires[0].pieces.filter(({ from, to }) => from.x === to.x && from.x > b + 100);
    expect(passing).toHaveLength(1);
    expect(wires.map(({ from, to }) => [from, to])).toEqual([
      ["a", ["b", "c"]],
      ["b", ["c"]],
    ]);
  });

  it("places branches side by side in their order", () => {
    const branches = ["p", "q", "r"];
    const edges = branches.flatMap((id) => [
      { from: "a", to: id },
      { from: id, to: "z" },
    ]);
    const { boxes } = layout([size("a"), ...branches.map((id) => size(id)), size("z")], edges, "down");
    const centres = boxes.map(({ x, width }) => Math.round(x + width / 2));
    expect(centres).toEqual([174, 50, 174, 298, 174]);
  });

  it("uncrosses branches", () => {
    const edges = [
      ["a", "p"],
      ["a", "q"],
      ["p", "p2"],
      ["q", "q2"],
    ].map(([from, to]) => ({ from, to }));
    const { boxes } = layout(
      ["a", "p", "q", "q2", "p2"].map((id) => size(id)),
      edges,
      "down",
    );
    const xOf = (id: string): number => boxes.find((box) => box.id === id)!.x;
    expect(Math.sign(xOf("p") - xOf("q"))).toBe(Math.sign(xOf("p2") - xOf("q2")));
  });

  it("lays out to the right as it does downwards", () => {
    const { boxes } = layout([size("a"), size("b")], [{ from: "a", to: "b" }], "right");
    expect(boxes).toEqual([
      { id: "a", x: 0, y: 0, width: 100, height: 40 },
      { id: "b", x: 134, y: 0, width: 100, height: 40 },
    ]);
  });

  it("is empty without boxes", () => {
    expect(layout([], [], "down")).toMatchObject({ boxes: [], wires: [], height: 0 });
  });

  const opened = ["googlenet", "resnet18", "densenet121", "squeezenet1_0"].map((name) => [name, 9] as const);
  const all = models.map(({ name }) => [name, undefined] as const);
  it.each([...all, ...opened])(
    "draws the boxes of %s without overlap, and wires outside them, at depth %s",
    (name, depth) => {
      for (const direction of ["down", "right"] as const) {
        const { boxes, wires, width, height } = layoutOf(name, depth, direction);
        for (const [index, box] of boxes.entries()) {
          expect(boxes.slice(index + 1).filter((other) => overlaps(box, other))).toEqual([]);
          expect(
            box.x >= -1e-9 && box.y >= 0 && box.x + box.width <= width + 1e-9 && box.y + box.height <= height,
          ).toBe(true);
        }
        const along = direction === "down" ? "y" : "x";
        for (const { pieces, from, to } of wires) {
          expect(pieces.every((piece) => piece.from[along] < piece.to[along])).toBe(true);
          expect(pieces.filter(({ arrives }) => arrives)).toHaveLength(to.length);
          const entered = boxes.filter((box) => pieces.some((piece) => enters(piece, box)));
          expect({ from, entered }).toEqual({ from, entered: [] });
        }
      }
    },
  );
});
