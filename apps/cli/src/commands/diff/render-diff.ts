import { formatDeviation, formatShare } from "@isoconv/conformance";
import { type Divergence, type Finding, type NodeComparison } from "@isoconv/inspect";
import { type EndToEnd } from "@isoconv/judge";
import type pc from "picocolors";
import { renderTable, type Column } from "../../table.js";

type Colors = ReturnType<typeof pc.createColors>;

/** How many nodes are shown besides the wrong ones. */
const SHOWN = 8;

/** What `isoconv diff` prints. */
export function renderDivergence(divergence: Divergence, colors: Colors): string {
  const { a, b, nodes, verdict } = divergence;
  const shown = worstNodes(divergence);
  const verdicts = [a, b].flatMap((finding) => describeFault(finding, colors));
  return [
    [a, b].map(({ backend, runtime }) => `${backend} (${runtime.name} ${runtime.version})`).join(" and "),
    renderNodes(shown, divergence, colors),
    shown.length < nodes.length
      ? `the worst ${shown.length} of ${nodes.length} nodes, in order; --json has them all`
      : "",
    renderOutputs([a, b], colors),
    verdict === "agree"
      ? colors.green(
          `✓ ${a.backend} and ${b.backend} agree within their bounds; every node uses at most ${formatShare(worstShare(nodes))} of its bound.`,
        )
      : [...verdicts, ...innocence(divergence)].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function worstNodes({ nodes, a, b }: Divergence): readonly NodeComparison[] {
  const named = new Set([a, b].flatMap(({ fault }) => faultyNodes(fault)));
  const ranked = nodes.toSorted((x, y) => largestShare(y) - largestShare(x));
  const chosen = new Set([...nodes.filter(({ node }) => named.has(node)), ...ranked.slice(0, SHOWN)]);
  return nodes.filter((node) => chosen.has(node));
}

function faultyNodes(fault: Finding["fault"]): readonly string[] {
  if (fault?.kind === "node") return [fault.node];
  return fault?.kind === "fusion" ? fault.nodes : [];
}

function renderNodes(rows: readonly NodeComparison[], { a, b }: Divergence, colors: Colors): string {
  const share = (title: string, of: (row: NodeComparison) => number): Column<NodeComparison> => ({
    title: `${title}: of bound`,
    align: "right",
    cell: (row) => formatShareOrMore(of(row)),
    paint: (text, row) => (of(row) <= 1 ? text : colors.red(text)),
  });
  return renderTable(
    [
      { title: "node", align: "left", cell: ({ node }) => node },
      { title: "op", align: "left", cell: ({ op }) => op },
      share(a.backend, ({ shares }) => shares.a),
      share(b.backend, ({ shares }) => shares.b),
      { title: "difference", align: "right", cell: ({ between }) => formatDeviation(between.deviation) },
      {
        title: "difference / bound",
        align: "right",
        cell: ({ between }) => (between.bounds === undefined ? "–" : String(Number(between.bounds.toPrecision(2)))),
      },
    ],
    rows,
  );
}

function renderOutputs(findings: readonly Finding[], colors: Colors): string {
  const rows = findings.flatMap(({ backend, endToEnd }) => endToEnd.map((judged) => ({ backend, ...judged })));
  const paint = (text: string, { agrees }: EndToEnd): string => (agrees ? text : colors.red(text));
  return renderTable(
    [
      { title: "output", align: "left", cell: ({ output }) => output },
      { title: "backend", align: "left", cell: ({ backend }) => backend },
      { title: "deviation", align: "right", cell: ({ deviation }) => formatDeviation(deviation), paint },
      { title: "of bound", align: "right", cell: ({ share }) => formatShareOrMore(share), paint },
    ],
    rows,
  );
}

function describeFault({ backend, fault }: Finding, colors: Colors): readonly string[] {
  if (fault === undefined) return [];
  const head =
    fault.kind === "node"
      ? `${backend} is wrong: the first node outside its bound is "${fault.node}" (${fault.op})`
      : fault.kind === "fusion"
        ? `${backend} is wrong where it fuses ${fault.nodes.map((node) => `"${node}"`).join(", ")}: each node alone is correct`
        : `${backend} is wrong as a whole, though every node is within its bound`;
  const alone =
    fault.kind === "whole" || fault.repeatsAlone
      ? ""
      : " (as a network of one node it is correct: look at the nodes around it)";
  return [`${colors.red(`✗ ${head}`)}: ${fault.reason}${alone}`];
}

function innocence({ a, b }: Divergence): readonly string[] {
  return [a, b].filter(({ fault }) => fault === undefined).map(({ backend }) => `${backend} is within all bounds.`);
}

function largestShare({ shares }: NodeComparison): number {
  return Math.max(shares.a, shares.b);
}

function worstShare(nodes: readonly NodeComparison[]): number {
  return Math.max(0, ...nodes.map(largestShare));
}

/** A share of the bound, as a multiple if it is 10 or more. */
function formatShareOrMore(share: number): string {
  if (share === Infinity) return "wrong";
  return share < 10 ? formatShare(share) : `×${Number(share.toPrecision(2)).toLocaleString("en")}`;
}
