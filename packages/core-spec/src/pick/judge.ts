import type { Backend, Results } from "../backend/backend.js";

/**
 * Returns what is wrong with a backend's results; `undefined` if they are right.
 *
 * `oracleJudge` of `@isoconv/judge` makes a judge that compares with exact results.
 */
export type Judge = (
  results: Results,
  backend: Pick<Backend, "id" | "capabilities">,
) => string | undefined | Promise<string | undefined>;
