import { isPath } from "@isoconv/conformance/cli";
import { isAsDeclared } from "@isoconv/inspect/doctor";
import { backendEntry, backends } from "../../backends.js";
import { diagnose } from "./diagnosis.js";
import { renderDiagnosis } from "./render-doctor.js";
import { exitCode, type ExitCode } from "../../exit-code.js";
import { colors, printJson, printLine } from "../../print.js";
import type { Progress } from "../../progress.js";

export interface DoctorOptions {
  /** Backends to examine; empty for all. */
  readonly backend: readonly string[];
  readonly threads: number | undefined;
  readonly json: boolean;
}

/**
 * `isoconv doctor`: reports which backends run here with which properties, and what the others lack.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown id
 */
export async function doctor({ backend, threads, json }: DoctorOptions, progress: Progress): Promise<ExitCode> {
  for (const id of backend) if (!isPath(id)) backendEntry(id);
  const examined = backend.length === 0 ? backends.map(({ id }) => id) : [...new Set(backend)];
  const diagnosis = await diagnose({
    backends: examined,
    asked: backend,
    threads,
    onStep: (what) => progress.step(what),
  });
  progress.done();
  if (json) printJson(diagnosis);
  else printLine(renderDiagnosis(diagnosis, colors));
  const isWrong = diagnosis.backends.some((row) => (row.available ? !isAsDeclared(row) : "crashed" in row));
  if (isWrong) return exitCode.disagreement;
  const isAbsent = diagnosis.backends.some(({ available }) => !available);
  return backend.length > 0 && isAbsent ? exitCode.unavailable : exitCode.done;
}
