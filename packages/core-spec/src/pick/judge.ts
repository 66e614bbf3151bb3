import type { Backend, Results } from "../backend/backend.js";

/**
 * Says what is wrong with a backend's results; `undefined` if nothing is.
 *
 * `oracleJudge` of `@isoconv/judge` makes one that knows the exact results.
 */
export type Judge = (
  results: Results,
  backend: Pick<Backend, "id" | "capabilities">,
) => string | undefined | Promise<string | undefined>;
