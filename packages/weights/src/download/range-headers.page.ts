import type { RangeHeaders } from "./range-headers.js";

/**
 * Pages may send `Range` to another origin as it is. `If-Range` would need the server's permission; the version of the
 * answer is compared instead.
 */
export const rangeHeaders: RangeHeaders = (begin) => ({ range: `bytes=${begin}-` });
