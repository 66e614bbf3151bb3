/** An error in the command line for which the library has no error code. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
