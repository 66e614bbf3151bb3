import { formatShape } from "@isoconv/core-spec";
import type { DrawingBox } from "./drawing.js";

/** A line of a box: its text and its style. */
export interface TextLine {
  readonly text: string;
  readonly style: "name" | "does" | "followers" | "shape";
  /** Added at the end of the line: how often a block repeats. */
  readonly badge?: string;
}

/** The lines of a box. */
export function boxText(box: DrawingBox): readonly TextLine[] {
  const { kind, name, does, followers, repeats, paths, outputShape } = box;
  const shape: TextLine = { text: formatShape(outputShape), style: "shape" };
  if (kind === "input" || kind === "output") return [{ text: name, style: "does" }, shape];
  const last = paths.at(-1) ?? name;
  return [
    repeats === 1 ? { text: name, style: "name" } : { text: `${name} … ${last}`, style: "name", badge: ` ×${repeats}` },
    { text: does, style: "does" },
    ...(followers.length === 0 ? [] : [{ text: followers.join(" · "), style: "followers" } as const]),
    shape,
  ];
}

/**
 * Type size of each style, and the mean width of its letters relative to it: a generous estimate for any sans serif.
 */
export const TYPE = {
  name: { size: 11, letter: 0.58 },
  does: { size: 13, letter: 0.58 },
  followers: { size: 11, letter: 0.55 },
  shape: { size: 11, letter: 0.6 },
} as const satisfies Record<TextLine["style"], { size: number; letter: number }>;

const LINE_HEIGHT = 16;
const PADDING = { x: 12, y: 7 } as const;
const LEAST_WIDTH = 110;

/** The baseline of a line below the top of its box. */
export function baselineOf(index: number): number {
  return PADDING.y + LINE_HEIGHT * index + 12;
}

/** The size that a box needs for its text. */
export function boxExtent(lines: readonly TextLine[]): { readonly width: number; readonly height: number } {
  const widths = lines.map(
    ({ text, badge = "", style }) => (text.length + badge.length) * TYPE[style].size * TYPE[style].letter,
  );
  return {
    width: Math.ceil(Math.max(LEAST_WIDTH, ...widths) + 2 * PADDING.x),
    height: LINE_HEIGHT * lines.length + 2 * PADDING.y,
  };
}
