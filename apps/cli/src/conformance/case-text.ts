import { printGraph } from "@isoconv/core-spec";
import type { Case, CaseResult, Report } from "@isoconv/conformance";
import { formatShare } from "../compare/text.js";

/** Everything known of one case: what it asked, what came of it. */
export function renderCase(testCase: Case, result: CaseResult, report: Report): string {
  const { runtime } = report.capabilities;
  const lines = [
    `${result.id} on ${report.backend} (${runtime.name} ${runtime.version}): ${result.status}`,
    ...(result.reason === undefined ? [] : [result.reason]),
    ...(result.measured === undefined ? [] : [`measured: ${result.measured}`]),
    ...(result.replay === undefined ? [] : [`fast-check: seed ${result.replay.seed}, path ${result.replay.path}`]),
    ...result.shares.map(({ op, share, worst }) =>
      worst === undefined
        ? `${op}: ${formatShare(share)} of the bound`
        : `${op}: ${formatShare(share)} of the bound, at ${worst.value}[${worst.index.join(", ")}]: expected ${worst.expected} ± ${worst.bound}, got ${worst.got}`,
    ),
  ];
  const graph = result.counterexample?.graph ?? ("network" in testCase ? testCase.network.graph : undefined);
  return [...lines, "", graph === undefined ? JSON.stringify(testCase) : printGraph(graph)].join("\n");
}
