import { checkOptions, optionChecks, type KnownOptions } from "@isoconv/core-spec";
import { baselineOf, boxExtent, boxText, TYPE } from "./box-text.js";
import type { Drawing, DrawingBox } from "./drawing.js";
import type { Direction, PlacedBox, Wire, WirePiece } from "./layout/geometry.js";
import { layout } from "./layout/layout.js";
import { palette, type BoxColor } from "./palette.js";
import { escapeXml } from "./xml.js";

export interface SvgOptions {
  /** The direction of the drawing; down by default. */
  readonly direction?: Direction;
}

const OPTIONS: KnownOptions<SvgOptions> = { known: { direction: optionChecks.oneOf(["down", "right"]) } };

const MARGIN = 24;
const HEADER = 52;
const LEGEND = 40;

/**
 * A drawing as a self-contained SVG without scripts, external fonts or images, light or dark by the reader's setting.
 * The group of each box has the box's id as `data-box`, for pages that make boxes clickable.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or one out of its domain
 */
export function renderSvg(drawing: Drawing, options: SvgOptions = {}): string {
  checkOptions(options, OPTIONS, { op: "renderSvg" });
  const { direction = "down" } = options;
  const texts = new Map(drawing.boxes.map((box) => [box.id, boxText(box)]));
  const sizes = drawing.boxes.map(({ id }) => ({ id, ...boxExtent(texts.get(id) ?? []) }));
  const placed = layout(sizes, drawing.edges, direction);
  const places = new Map(placed.boxes.map((box) => [box.id, box]));
  const colors = [...new Set(drawing.boxes.map(colorOf))].filter((color) => color !== "terminal");
  const legendWidth = colors.reduce((sum, color) => sum + legendEntryWidth(color), 0);
  const header = headline(drawing);
  const width = Math.ceil(Math.max(placed.width, legendWidth, header.length * 6.6, 240)) + 2 * MARGIN;
  const height = Math.ceil(placed.height) + HEADER + LEGEND + 2 * MARGIN;
  const id = `isoconv-${drawing.name.replaceAll(/[^A-Za-z0-9]+/g, "-")}-${drawing.depth}`;
  const shift = `translate(${number((width - placed.width) / 2)} ${MARGIN + HEADER})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc" class="isoconv">`,
    `<title id="${id}-title">${escapeXml(drawing.name)}</title>`,
    `<desc id="${id}-desc">${escapeXml(describe(drawing, header))}</desc>`,
    `<style>${style()}</style>`,
    `<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0.5 8 4 0 7.5Z"/></marker></defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="${MARGIN + 14}">${escapeXml(drawing.name)}</text>`,
    `<text class="shape" x="${MARGIN}" y="${MARGIN + 33}">${escapeXml(header)}</text>`,
    `<g transform="${shift}">`,
    ...placed.wires.map((wire) => renderWire(wire, direction, `${id}-arrow`)),
    ...drawing.boxes.flatMap((box) => {
      const place = places.get(box.id);
      return place === undefined ? [] : [renderBox(box, place)];
    }),
    "</g>",
    ...renderLegend(colors, height - MARGIN - 8),
    "</svg>",
    "",
  ].join("\n");
}

function headline({ boxes }: Drawing): string {
  const sum = (key: "parameters" | "macs"): string =>
    boxes.reduce((total, box) => total + box[key], 0).toLocaleString("en-US");
  return `${sum("parameters")} parameters, ${sum("macs")} multiply-adds an image`;
}

/** The drawing in words, for readers who cannot see it. */
function describe({ boxes, edges }: Drawing, header: string): string {
  const names = new Map(boxes.map((box) => [box.id, box.name]));
  const lines = boxes.map((box) => {
    const from = edges.filter(({ to }) => to === box.id).map((edge) => names.get(edge.from) ?? "");
    const source = from.length === 0 ? "" : ` from ${from.join(", ")}`;
    return `${boxText(box)
      .map(({ text }) => text)
      .join(": ")}${source}`;
  });
  return `${header}. ${lines.join("; ")}.`;
}

function colorOf({ kind, family }: DrawingBox): BoxColor {
  if (kind === "input" || kind === "output") return "terminal";
  return family ?? "block";
}

function renderBox(box: DrawingBox, { x, y, width, height }: PlacedBox): string {
  const color = colorOf(box);
  const middle = number(x + width / 2);
  const lines = boxText(box).map(
    ({ text, style, badge }, index) =>
      `<text class="${style}" x="${middle}" y="${number(y + baselineOf(index))}" text-anchor="middle">${escapeXml(text)}` +
      `${badge === undefined ? "" : `<tspan class="badge" xml:space="preserve">${escapeXml(badge)}</tspan>`}</text>`,
  );
  const rect = (dx: number): string =>
    `<rect x="${number(x + dx)}" y="${number(y + dx)}" width="${number(width)}" height="${number(height)}" rx="${color === "terminal" ? number(height / 2) : 6}"/>`;
  const cost = [box.parameters, box.macs].map((count) => count.toLocaleString("en-US"));
  const title = box.paths.length === 0 ? box.name : `${box.paths.join(", ")}: ${cost[0]} parameters, ${cost[1]} MACs`;
  return `<g class="${color}" data-box="${escapeXml(box.id)}"><title>${escapeXml(title)}</title>${box.repeats > 1 ? rect(4) : ""}${rect(0)}${lines.join("")}</g>`;
}

function renderWire({ pieces }: Wire, direction: Direction, arrow: string): string {
  const paths = [true, false].flatMap((arrives) => {
    const own = pieces.filter((piece) => piece.arrives === arrives).map((piece) => pathOf(piece, direction));
    if (own.length === 0) return [];
    // A marker belongs to the end of a path, not to each of its pieces.
    return arrives ? own.map((d) => `<path d="${d}" marker-end="url(#${arrow})"/>`) : [`<path d="${own.join("")}"/>`];
  });
  return `<g class="wire">${paths.join("")}</g>`;
}

/** The last part before a box is straight, so that arrows point at it. */
const ARROW_LENGTH = 9;

function pathOf({ from, to, arrives }: WirePiece, direction: Direction): string {
  const start = `M${number(from.x)} ${number(from.y)}`;
  const end = `${number(to.x)} ${number(to.y)}`;
  if (from.x === to.x || from.y === to.y) return `${start}L${end}`;
  const straight = arrives ? ARROW_LENGTH : 0;
  const bend = direction === "down" ? { x: to.x, y: to.y - straight } : { x: to.x - straight, y: to.y };
  const [midX, midY] = [number((from.x + bend.x) / 2), number((from.y + bend.y) / 2)];
  const curve =
    direction === "down"
      ? `C${number(from.x)} ${midY} ${number(bend.x)} ${midY} ${number(bend.x)} ${number(bend.y)}`
      : `C${midX} ${number(from.y)} ${midX} ${number(bend.y)} ${number(bend.x)} ${number(bend.y)}`;
  return `${start}${curve}${arrives ? `L${end}` : ""}`;
}

function legendEntryWidth(color: BoxColor): number {
  return 22 + color.length * 6.6 + 18;
}

function renderLegend(colors: readonly BoxColor[], baseline: number): readonly string[] {
  let x = MARGIN;
  return colors.map((color) => {
    const entry =
      `<g class="${color}"><rect x="${number(x)}" y="${baseline - 10}" width="14" height="12" rx="3"/></g>` +
      `<text class="shape" x="${number(x + 20)}" y="${baseline}">${color}</text>`;
    x += legendEntryWidth(color);
    return entry;
  });
}

/** The rules apply only to this drawing, in any page. */
function style(): string {
  const type = Object.entries(TYPE).map(([name, { size }]) => `.isoconv .${name}{font-size:${size}px}`);
  const shades = (theme: "light" | "dark"): string =>
    Object.entries(palette)
      .map(([name, shade]) => `.isoconv .${name} rect{fill:${shade[theme].fill};stroke:${shade[theme].line}}`)
      .join("");
  const page = (ground: string, ink: string, muted: string, wire: string): string =>
    `.isoconv .page{fill:${ground}}.isoconv text,.isoconv .badge{fill:${ink}}.isoconv .name,.isoconv .followers,.isoconv .shape{fill:${muted}}` +
    `.isoconv .wire{stroke:${wire}}.isoconv .tip{fill:${wire}}`;
  return [
    ".isoconv text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}",
    ".isoconv .title{font-size:18px;font-weight:600}.isoconv .does,.isoconv .badge{font-weight:600}.isoconv .wire{fill:none;stroke-width:1.3}",
    ...type,
    page("#ffffff", "#1c2128", "#56606c", "#7a8491"),
    shades("light"),
    `@media (prefers-color-scheme:dark){${page("#16191d", "#e8ebef", "#a9b3bf", "#8a95a3")}${shades("dark")}}`,
  ].join("");
}

/** Two decimals: finer than any screen, and the same on every machine. */
function number(value: number): string {
  return String(Number(value.toFixed(2)));
}
