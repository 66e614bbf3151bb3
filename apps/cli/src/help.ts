import { fileURLToPath } from "node:url";
import { Help, type Command, type Option } from "commander";

const EXIT_CODES = `
Exit status:
  0  done
  1  compare, bench, conformance: a backend disagreed with the oracle or failed; diff: a node is outside its bound;
     doctor: a backend is not what it declares, or crashes
  2  bad arguments, files, models or weights, or a failed download; conformance: an expectation no longer holds
  3  a requested backend cannot run here; conformance: nothing could be run
  4  a defect of isoconv or of a runtime`;

const CONFORMANCE_EXIT_CODES = `
Exit status:
  0  conformant, or partial without findings
  1  a case failed or could not be judged
  2  an expectation no longer holds
  3  nothing could be run: bad options, no such backend, case, filter, budget or seed, or the backend cannot run here
  4  a defect of isoconv`;

/** The README that is installed with the command: it describes this version, and needs no network. */
const DOCUMENTATION = `
Documentation: ${fileURLToPath(new URL("../README.md", import.meta.url))}`;

/** What `<model>` may be. */
export const MODEL = "a network of the zoo, ./graph.json of graphToJson, or ./module.js that exports network";

/** Marks the options that a command cannot do without, and leaves out the defaults of switches and of lists. */
class MarkingHelp extends Help {
  override optionDescription(option: Option): string {
    const description = super.optionDescription(option).replace(/ \(default: (\[\]|false)\)$/, "");
    return option.mandatory ? `(required) ${description}` : description;
  }
}

/**
 * Completes the help of every command: required options are marked, and at the end stand the names of the networks, the
 * exit codes and the documentation.
 */
export async function completeHelp(program: Command, argv: readonly string[]): Promise<void> {
  const names = argv.some((word) => ["--help", "-h", "help"].includes(word)) ? await networkNames() : "";
  for (const command of [program, ...program.commands]) {
    command.createHelp = () => new MarkingHelp();
    const takesNetwork = [...command.registeredArguments, ...command.options].some(({ description }) =>
      description.includes(MODEL),
    );
    if (takesNetwork) command.addHelpText("after", names);
    command.addHelpText("after", command.name() === "conformance" ? CONFORMANCE_EXIT_CODES : EXIT_CODES);
    command.addHelpText("after", DOCUMENTATION);
  }
}

/** The zoo is loaded only for this. */
async function networkNames(): Promise<string> {
  const { models } = await import("@isoconv/zoo");
  const lines: string[] = [];
  for (const { name } of models) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > LINE) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return `\nNetworks of the zoo:\n${lines.join(",\n")}`;
}

/** The width of a line, in characters. */
const LINE = 100;
