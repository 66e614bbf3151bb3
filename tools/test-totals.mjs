// What vitest reported for each package, of the output of `turbo run test`. As a command: reads such a log, prints one line
// that sums up all packages, and fails where a test failed or none was run.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { pathToFileURL } from "node:url";

/** Passed, failed and skipped tests and the seconds of each package, by its name. */
export function packageTotals(log) {
  const packages = {};
  for (const line of stripVTControlCharacters(log).split("\n")) {
    const [, name, rest] = /^(\S+):test: (.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const tests = / Tests {2}(.*) \(\d+\)/.exec(rest)?.[1];
    const seconds = / Duration {2}([\d.]+)s/.exec(rest)?.[1];
    if (tests !== undefined) packages[name] = { passed: 0, failed: 0, skipped: 0, ...countsOf(tests) };
    if (seconds !== undefined && packages[name] !== undefined) packages[name].seconds = Number(seconds);
  }
  return packages;
}

/** `3 failed | 4 passed | 1 skipped` as numbers. */
function countsOf(text) {
  return Object.fromEntries(
    text
      .split(" | ")
      .map((part) => part.split(" ").toReversed())
      .map(([what, n]) => [what, Number(n)]),
  );
}

export function sumOf(packages) {
  const sum = (what) => Object.values(packages).reduce((total, counts) => total + counts[what], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

export function sentenceOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const totals = sumOf(packageTotals(readFileSync(process.argv[2], "utf8")));
  console.log(`\n${sentenceOf(totals)}`);
  if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
}
