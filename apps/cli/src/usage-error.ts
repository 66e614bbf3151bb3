import { exitCode, type ExitCode } from "./exit-code.js";

/** A command line that cannot be carried out, for a reason that has no code in the library. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(
    message: string,
    readonly status: ExitCode = exitCode.badInput,
  ) {
    super(message);
  }
}
