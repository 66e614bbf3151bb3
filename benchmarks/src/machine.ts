import { machineInfo } from "@isoconv/conformance/cli";

/** One line that describes the machine of the measurements. */
export function machineLine(): string {
  const { cpu, cores, platform: system, host } = machineInfo();
  return `${cpu}, ${cores} cores, ${system}, ${host}`;
}

/**
 * The names that contain one of the given words, by default those of the command line; all names if there are no words.
 *
 * @throws Error if nothing matches
 */
export function chosen(names: readonly string[], words: readonly string[] = process.argv.slice(2)): readonly string[] {
  const matching = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  if (matching.length === 0) throw new Error(`nothing matches ${words.join(" ")}: there are ${names.join(", ")}`);
  return matching;
}
