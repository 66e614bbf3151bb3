import { isatty } from "node:tty";
import type { Warning } from "@isoconv/inspect/warnings";
import pc from "picocolors";
import { STDOUT } from "./output.js";

/** Colours only if stdout is a terminal. */
export const colors = pc.createColors(pc.isColorSupported && isatty(1));

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints what goes with a result: to stdout, unless the result itself goes there (`--output -`). */
export function printBeside(output: string | undefined, text: string): void {
  if (output === STDOUT) process.stderr.write(`${text}\n`);
  else printLine(text);
}

/** Prints remarks on a run to stderr, where they do not disturb the result. */
export function printWarnings(warnings: readonly Warning[]): void {
  // Removes the line of the progress.
  if (warnings.length > 0 && process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  for (const { code, path, message } of warnings)
    process.stderr.write(`isoconv: warning: ${code}: ${path}: ${message}\n`);
}

/** Prints JSON. Numbers that JSON does not have, such as NaN, are printed as strings. */
export function printJson(value: unknown): void {
  printLine(
    JSON.stringify(
      value,
      (_key, item: unknown) => (typeof item === "number" && !Number.isFinite(item) ? String(item) : item),
      2,
    ),
  );
}
