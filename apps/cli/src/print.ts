import { isatty } from "node:tty";
import pc from "picocolors";

/** Colours only where a person reads them. */
export const colors = pc.createColors(pc.isColorSupported && isatty(1));

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** JSON for programs; numbers JSON lacks are spelt as words. */
export function printJson(value: unknown): void {
  printLine(
    JSON.stringify(
      value,
      (_key, item: unknown) => (typeof item === "number" && !Number.isFinite(item) ? String(item) : item),
      2,
    ),
  );
}
