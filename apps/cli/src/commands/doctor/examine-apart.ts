import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Examination, Findings } from "./examination.js";

/** A process that ended before it had found anything. */
export interface Crash {
  /** Such as `it crashed (SIGSEGV)`, and what it said of that. */
  readonly crash: string;
}

/** Built, also where the caller is not, as in tests. */
const CHILD = fileURLToPath(new URL("../../../dist/commands/doctor/child.js", import.meta.url));
const TIME_LIMIT = 120_000;

/**
 * Examines in a process of its own: a crash, a hang or what a library leaves behind does no harm here, and no runtime
 * finds threads or libraries of another.
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
      // The child is this package's own: what it sends is what it was asked for.
      answer = finding as Findings[K] | Crash;
      // What it still does, such as tearing a library down, would disturb the next examination.
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", (status, signal) => resolve(answer ?? { crash: crashText(status, signal, said) }));
    child.send(examination);
  });
}

/** How a process ended that had not found anything. */
export function crashText(status: number | null, signal: NodeJS.Signals | null, said: string): string {
  const how = signal === "SIGKILL" ? "it was given up or killed" : `it crashed (${signal ?? `status ${status}`})`;
  const line = errorLine(said);
  return `${status === 0 ? "it ended without an answer" : how}${line === undefined ? "" : `: ${line}`}`;
}

/** The last line that tells of an error, or the last; Node prints the stack and its own version after it. */
function errorLine(said: string): string | undefined {
  const lines = said.split("\n").filter((line) => !/^\s+at |^Node\.js v|^\W*$/.test(line));
  const tells = lines.findLast((line) => /error|exception|terminate|what\(\)|fatal|abort/i.test(line));
  return (tells ?? lines.at(-1))?.trim();
}
