import { arch, availableParallelism, cpus, platform } from "node:os";

/** One line that says what the numbers below it were measured on. */
export function machineLine(): string {
  const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpu}, ${availableParallelism()} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

/** Model names given on the command line, or all of them. */
export function chosen(names: readonly string[]): readonly string[] {
  const wanted = process.argv.slice(2);
  return wanted.length === 0 ? names : names.filter((name) => wanted.some((word) => name.includes(word)));
}
