import type pc from "picocolors";
import {
  familyNames,
  statuses,
  type CaseResult,
  type FamilyName,
  type Report,
  type Status,
} from "@isoconv/conformance";
import { formatShare } from "../compare/text.js";
import { renderTable, type Column } from "../table.js";

type Colors = ReturnType<typeof pc.createColors>;

/** What a case is replayed with. */
export interface ReplayOptions {
  readonly backend: string;
  readonly seed: number;
  readonly budget: string;
}

/** The command that runs one case again and prints all there is to know. */
export function replayCommand(id: string, { backend, seed, budget }: ReplayOptions): string {
  const options = [...(budget === "quick" ? [] : [`--budget ${budget}`]), ...(seed === 1 ? [] : [`--seed ${seed}`])];
  return ["isoconv conformance --backend", backend, ...options, "--replay", id].join(" ");
}

/** One probe: what was measured. */
export function renderProbe({ id, status, measured, reason }: CaseResult, colors: Colors): string {
  const text = `${id}: ${measured ?? reason ?? status}`;
  return status === "pass" ? text : colors.red(`${status}  ${text}${reason === undefined ? "" : ` (${reason})`}`);
}

/** One case that did not pass, and how to see it again. */
export function renderFinding(result: CaseResult, replay: ReplayOptions, colors: Colors): string {
  const paint = paintOf(result.status, colors);
  return `${paint(result.status.padEnd(5))} ${result.id}\n      ${result.reason ?? ""}\n      ${colors.dim(replayCommand(result.id, replay))}`;
}

/** Counts, the worst shares, the verdict. */
export function renderReport(report: Report, seconds: number, colors: Colors): string {
  const { runtime, device, threads } = report.capabilities;
  const { profile, budget, seed } = report.plan;
  return [
    "",
    `${report.backend} (${runtime.name} ${runtime.version}), ${device}, ${threads === 1 ? "1 thread" : `${threads} threads`}; profile ${profile}, budget ${budget}, seed ${seed}`,
    "",
    renderTable(familyColumns(report), familiesOf(report)),
    "",
    "worst share of the bound",
    renderTable(shareColumns, worstOps(report)),
    "",
    ...report.stale.map(({ cases }) => colors.red(`stale expectation: ${cases} matches no case`)),
    verdictLine(report, seconds, colors),
  ].join("\n");
}

function familiesOf({ cases }: Report): readonly FamilyName[] {
  return familyNames.filter((family) => cases.some((result) => result.family === family));
}

function familyColumns({ cases, totals }: Report): readonly Column<FamilyName>[] {
  const count = (family: FamilyName, status: Status): number =>
    cases.filter((result) => result.family === family && result.status === status).length;
  return [
    { title: "family", align: "left", cell: (family) => family },
    ...statuses
      .filter((status) => totals[status] > 0)
      .map((status): Column<FamilyName> => ({
        title: status,
        align: "right",
        cell: (family) => String(count(family, status)),
      })),
  ];
}

type OpRow = Report["ops"][number] & { readonly worst: NonNullable<Report["ops"][number]["worst"]> };
const MOST_OPS = 5;

function worstOps({ ops }: Report): readonly OpRow[] {
  return ops
    .filter((row): row is OpRow => row.worst !== undefined)
    .toSorted((a, b) => b.worst.share - a.worst.share)
    .slice(0, MOST_OPS);
}

const shareColumns: readonly Column<OpRow>[] = [
  { title: "op", align: "left", cell: ({ op }) => op },
  { title: "of bound", align: "right", cell: ({ worst }) => formatShare(worst.share) },
  { title: "where", align: "left", cell: ({ worst }) => worst.case },
];

function verdictLine({ verdict, totals, plan }: Report, seconds: number, colors: Colors): string {
  const counts = statuses.flatMap((status) => (totals[status] === 0 ? [] : [`${totals[status]} ${status}`]));
  const omitted = plan.omitted === 0 ? "" : `, ${plan.omitted} left out by the filter`;
  const text = `${verdict}: ${counts.join(", ")}${omitted} (${seconds.toFixed(1)} s)`;
  if (verdict === "conformant") return colors.green(`✓ ${text}`);
  return verdict === "partial" ? colors.yellow(`✓ ${text}`) : colors.red(`✗ ${text}`);
}

function paintOf(status: Status, colors: Colors): (text: string) => string {
  if (status === "fail" || status === "error" || status === "xpass") return colors.red;
  return colors.yellow;
}
