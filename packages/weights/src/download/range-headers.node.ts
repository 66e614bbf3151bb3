import type { RangeHeaders } from "./range-headers.js";

/** If the file has changed, the server answers with the whole of it. */
export const rangeHeaders: RangeHeaders = (begin, validator) => ({
  range: `bytes=${begin}-`,
  "if-range": validator,
  "accept-encoding": "identity",
});
