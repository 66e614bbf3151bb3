import { isIsoconvError } from "@isoconv/core-spec";
import { exitCode, exitCodeOf } from "./exit-code.js";
import { runProgram } from "./program.js";
import { UsageError } from "./usage-error.js";

/** A reader that closes the pipe early, such as `head`, is not a failure. Other errors, such as a full disk, are. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`isoconv: cannot write the output: ${error.message}\n`);
  process.exit(error.code === "EPIPE" ? exitCode.done : exitCode.badInput);
});

/** Only the message of errors that the user can fix; the stack of all others. */
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
