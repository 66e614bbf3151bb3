import { isIsoconvError } from "@isoconv/core-spec";
import { exitCode, exitCodeOf } from "./exit-code.js";
import { runProgram } from "./program.js";
import { UsageError } from "./usage-error.js";

/** Whoever reads may stop early, as `head` does: that is no failure. A full disk is. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`isoconv: cannot write the output: ${error.message}\n`);
  process.exit(error.code === "EPIPE" ? exitCode.done : exitCode.badInput);
});

/** A message alone for what a user can mend, the stack for what only we can. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = isIsoconvError(error) || error instanceof UsageError;
  return expected ? error.message : (error.stack ?? error.message);
}

try {
  process.exitCode = await runProgram(process.argv);
} catch (error) {
  process.stderr.write(`isoconv: ${describe(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
