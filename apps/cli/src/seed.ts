import { UsageError } from "./usage-error.js";

/** `seed:7` means parameters or an input drawn from the generator with that seed. */
const SEED = /^seed:(\d{1,10})$/;

/**
 * The N of `seed:N`; `undefined` for text that does not start with `seed:`.
 *
 * @throws UsageError
 */
export function seedOf(source: string): number | undefined {
  if (!source.startsWith("seed:")) return undefined;
  const seed = Number(SEED.exec(source)?.[1] ?? Number.NaN);
  if (seed < 2 ** 32) return seed;
  throw new UsageError(`expected seed:N with N below 2³², got ${source}`);
}
