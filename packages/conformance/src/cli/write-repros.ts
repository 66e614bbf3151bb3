import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runOracle } from "@isoconv/backend-reference";
import type { Plan } from "../plan/plan.js";
import { networkOf } from "../repro/case-network.js";
import { reproFiles, type ReproInput } from "../repro/repro-files.js";
import type { Report } from "../report/report.js";
import { replayCommand } from "../report/wording.js";

/** The folders that were written, and the failing cases without a network to write. */
export interface WrittenRepros {
  readonly written: readonly string[];
  readonly without: readonly string[];
}

/** Writes one folder with a repro for every case that failed, expected or not. */
export async function writeRepros(
  folder: string,
  plan: Plan,
  report: Report,
  exportOnnx: ReproInput["exportOnnx"],
): Promise<WrittenRepros> {
  const written: string[] = [];
  const without: string[] = [];
  for (const result of report.cases) {
    if (result.status !== "fail" && result.status !== "xfail") continue;
    const { id, reason = "disagrees", shares } = result;
    const testCase = plan.cases.find((each) => each.id === id);
    const network = testCase === undefined ? undefined : networkOf(testCase, result, report.capabilities);
    if (network === undefined) {
      without.push(id);
      continue;
    }
    const files = reproFiles({
      title: `${report.backend}: ${id}`,
      network,
      backend: { id: report.backend, runtime: report.capabilities.runtime },
      finding: { reason, worst: shares.toSorted((a, b) => b.share - a.share)[0]?.worst },
      expected: await runOracle(network.graph, network.parameters, network.feeds),
      exportOnnx,
      command: replayCommand(report, id),
    });
    const place = join(folder, folderName(id));
    await mkdir(place, { recursive: true });
    for (const [name, content] of files) await writeFile(join(place, name), content);
    written.push(place);
  }
  return { written, without };
}

/** A case id such as `op/conv2d/matrix/k3` as the name of a folder. */
function folderName(id: string): string {
  return id.replaceAll(/[^\w.=-]+/g, "-");
}
