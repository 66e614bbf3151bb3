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

/** Prints a line while a progress is shown, which is removed first. */
export function printAboveProgress(text: string, stream: NodeJS.WriteStream = process.stdout): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  stream.write(`${text}\n`);
}

/** Prints remarks on a run to stderr, where they do not disturb the result. */
export function printWarnings(warnings: readonly Warning[]): void {
  for (const { code, path, message } of warnings)
    printAboveProgress(`isoconv: warning: ${code}: ${path}: ${message}`, process.stderr);
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
