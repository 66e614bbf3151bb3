import { isatty } from "node:tty";
import pc from "picocolors";

/** Colours only where a person reads them. */
export const colors = pc.createColors(pc.isColorSupported && isatty(1));

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints JSON for programs. */
export function printJson(value: unknown): void {
  printLine(jsonText(value));
}

/** A value as JSON; numbers JSON lacks are spelt as words. */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === "number" && !Number.isFinite(item) ? String(item) : item),
    2,
  );
}
