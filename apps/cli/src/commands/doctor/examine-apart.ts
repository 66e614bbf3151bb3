import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Examination, Findings } from "./examination.js";

/** A process that ended without a finding. */
export interface Crash {
  /** Such as `it crashed (SIGSEGV)`, with the error from stderr. */
  readonly crash: string;
}

/** The built file, also for a caller that is not built, as in tests. */
const CHILD = fileURLToPath(new URL("../../../dist/commands/doctor/child.js", import.meta.url));
const TIME_LIMIT = 120_000;

/**
 * Examines in a separate process. So a crash, a hang or leftover state of a library does no harm here, and no runtime
 * sees threads or libraries of another.
 */
export function examineApart<K extends Examination["kind"]>(
  examination: Extract<Examination, { kind: K }>,
): Promise<Findings[K] | Crash> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [], {
      silent: true,
      timeout: TIME_LIMIT,
      killSignal: "SIGKILL",
      serialization: "advanced",
    });
    let said = "";
    child.stderr?.on("data", (chunk) => (said += String(chunk)));
    let answer: Findings[K] | Crash | undefined;
    child.once("message", (finding) => {
      // The child is part of this package and sends the finding of the requested kind.
      answer = finding as Findings[K] | Crash;
      // Further work of the child, such as library teardown, would disturb the next examination.
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", (status, signal) => resolve(answer ?? { crash: crashText(status, signal, said) }));
    child.send(examination);
  });
}

/** A text for how a process ended without a finding. */
export function crashText(status: number | null, signal: NodeJS.Signals | null, said: string): string {
  const how =
    signal === "SIGKILL" ? "it was killed or exceeded the time limit" : `it crashed (${signal ?? `status ${status}`})`;
  const line = errorLine(said);
  return `${status === 0 ? "it ended without a finding" : how}${line === undefined ? "" : `: ${line}`}`;
}

/** The last line that mentions an error, else the last line. Skips the stack and Node's version, which come after it. */
function errorLine(said: string): string | undefined {
  const lines = said.split("\n").filter((line) => !/^\s+at |^Node\.js v|^\W*$/.test(line));
  const tells = lines.findLast((line) => /error|exception|terminate|what\(\)|fatal|abort/i.test(line));
  return (tells ?? lines.at(-1))?.trim();
}
