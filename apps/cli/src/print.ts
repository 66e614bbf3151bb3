import { isatty } from "node:tty";
import pc from "picocolors";

/** Colours only if stdout is a terminal. */
export const colors = pc.createColors(pc.isColorSupported && isatty(1));

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
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
