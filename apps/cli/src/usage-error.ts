/** A command line that cannot be carried out, for a reason that has no code in the library. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A verdict that cannot be reached; `isoconv conformance` keeps exit status 2 for another thing. */
export class NoVerdictError extends UsageError {}
