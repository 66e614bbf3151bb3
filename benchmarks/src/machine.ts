import { arch, availableParallelism, cpus, platform } from "node:os";

/** One line that says what the numbers below it were measured on. */
export function machineLine(): string {
  const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpu}, ${availableParallelism()} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

/** The names the command line asks for, by parts of them; all of them if it asks for none. */
export function chosen(names: readonly string[]): readonly string[] {
  const wanted = process.argv.slice(2);
  const matching = names.filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  if (matching.length === 0) throw new Error(`nothing matches ${wanted.join(" ")}: there are ${names.join(", ")}`);
  return matching;
}
