import { readFileSync } from "node:fs";
import type { MachineInfo } from "@isoconv/conformance";
import type { Agreement } from "./measure.js";

/** The last results of `npm run bench:agreement -- --tier full --report`. */
export interface AgreementReport {
  readonly machine: MachineInfo;
  /** Runtime versions by backend. */
  readonly runtimes: Readonly<Record<string, string>>;
  readonly agreements: readonly Agreement[];
}

/** Whether a backend runs the full tier: `tfjs-cpu`, plain JavaScript, would take most of an hour. */
export function runsFullTier(backend: string): boolean {
  return backend !== "tfjs-cpu";
}

export const reportDataUrl = new URL("../../agreement.json", import.meta.url);
export const reportUrl = new URL("../../../docs/agreement.md", import.meta.url);

export function committedReport(): AgreementReport {
  return JSON.parse(readFileSync(reportDataUrl, "utf8")) as AgreementReport;
}

/** One agreement per line, so that a diff shows the changed ones. */
export function reportJson({ agreements, ...rest }: AgreementReport): string {
  const head = JSON.stringify(rest, undefined, 2).replace(/\n\}$/, ",");
  const lines = agreements.map((agreement) => `    ${JSON.stringify(agreement)}`);
  return `${head}\n  "agreements": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** The report for readers: each network's deviation on each backend, as a share of its bound. */
export function renderReport({ machine, runtimes, agreements }: AgreementReport): string {
  const backends = [...new Set(agreements.map(({ backend }) => backend))];
  const goldens = [...new Set(agreements.map(({ golden }) => golden))];
  const rows = goldens.map((golden) => {
    const own = agreements.filter((agreement) => agreement.golden === golden);
    const [first] = own;
    const shares = backends.map((id) => formatShare(own.find(({ backend }) => backend === id)));
    const size = first?.inputShape.join("×") ?? "";
    return `| ${[first === undefined ? golden : nameOf(first), size, formatNumber((first?.bound ?? Number.NaN) / 8), ...shares].join(" | ")} |`;
  });
  const failures = agreements.filter(({ agrees }) => !agrees).length;
  const worst = agreements.reduce((most, { deviation, bound }) => Math.max(most, deviation / bound), 0);
  return `<!-- Written by \`npm run bench:agreement -- --tier full --report\`. Do not edit. -->

# Every network against PyTorch

Each network of the zoo runs at its full size on each backend, with parameters and images from the seeded generator. The table
gives the deviation of the logits from PyTorch's float64 logits, as a share of the [bound for networks](conformance.md), which is
8 × the noise floor. The noise floor is the change of the float64 oracle's logits when its additions are re-ordered and rounded
to float32, relative to the largest logit. \`tfjs-cpu\` is plain JavaScript and too slow for the full size; the tests run it on the
small tier.

${agreements.length} runs of ${countOf(agreements)}, ${failures === 0 ? "all within the bound" : `${failures} outside the bound`}; the largest share is ${formatPercent(worst)}.

Measured on ${machine.cpu}, ${machine.cores} cores, ${machine.platform}, ${machine.host}; ${Object.entries(runtimes)
    .map(([backend, version]) => `${backend}: ${version}`)
    .join("; ")}.

| network | input | noise floor | ${backends.join(" | ")} |
| --- | --- | ---: | ${backends.map(() => "---:").join(" | ")} |
${rows.join("\n")}
`;
}

/** The name of a variant, such as `auxiliary`; empty for the network itself. */
function variantOf({ golden, model, inputShape }: Agreement): string {
  return golden
    .slice(model.length + 1)
    .replace(inputShape.join("x"), "")
    .replace(/-$/, "");
}

function nameOf(agreement: Agreement): string {
  const variant = variantOf(agreement);
  return `\`${agreement.model}\`${variant === "" ? "" : `, ${variant}`}`;
}

/** `56 networks and 1 variant`: variants are counted apart from networks. */
function countOf(agreements: readonly Agreement[]): string {
  const networks = new Set(agreements.map(({ model }) => model)).size;
  const variants = new Set(agreements.filter((each) => variantOf(each) !== "").map(({ golden }) => golden)).size;
  const more = variants === 0 ? "" : ` and ${variants} ${variants === 1 ? "variant" : "variants"}`;
  return `${networks} networks${more}`;
}

function formatShare(agreement: Agreement | undefined): string {
  if (agreement === undefined) return "not run";
  const share = formatPercent(agreement.deviation / agreement.bound);
  return agreement.agrees ? share : `**${share}**`;
}

function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function formatNumber(value: number): string {
  return value.toExponential(1);
}
