import { backends, needsHardware, type BackendRow, type Host } from "./table.js";

const PLACE: Readonly<Record<Host, string>> = { node: "Node", page: "a page" };

/** The source of a host's entry. Its specifiers are literals, because bundlers follow no others. */
export function entryText(host: Host): string {
  const lines = backends
    .filter(({ hosts }) => hosts.some((each) => each === host))
    .map(({ id, module }) => `  ${/\W/.test(id) ? `"${id}"` : id}: () => import("${module}"),`);
  return `// Written from table.ts by \`npm run docs -w packages/backends\`. Do not edit.
import type { LoadBackend } from "@isoconv/core-spec";
import type { BackendIdOn } from "./table.js";

/** Imports each backend that ${PLACE[host]} can have, when it is asked for. */
export const modules = {
${lines.join("\n")}
} satisfies Readonly<Record<BackendIdOn<"${host}">, LoadBackend>>;
`;
}

/** The README with its table of backends rewritten. */
export function readmeText(readme: string): string {
  return readme.replace(/^\| import .*\n(?:\|.*\n)+/m, `${readmeTable()}\n`);
}

function readmeTable(): string {
  const where: Readonly<Record<Host, string>> = { node: "Node", page: "browsers" };
  const rows = backends.map((row) => [
    `\`${row.module}\``,
    row.hosts.map((host) => where[host]).join(", "),
    row.title,
    verdictOf(row),
  ]);
  const head = ["import", "runs in", "on", "[suite](docs/matrix.md)"];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column].length)));
  const rule = widths.map((width) => "-".repeat(width));
  const lineOf = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [head, rule, ...rows].map(lineOf).join("\n");
}

/** What the committed reports say, which tests hold to it. */
function verdictOf(row: BackendRow): string {
  if (needsHardware(row)) return "[unverified on hardware](docs/matrix.md#unverified-on-hardware)";
  return row.device === "gpu" ? "conformant, on a software GPU" : "conformant";
}
