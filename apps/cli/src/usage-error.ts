/** A command line that cannot be carried out, for a reason that has no code in the library. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
