import { IsoconvError } from "./error.js";

/**
 * Refuses engines without ES2023, in which the first call of a newer method would end in a TypeError.
 *
 * @param arrays - the prototype of the engine's arrays, and its version of Node, if any; tests replace both
 * @throws IsoconvError `BACKEND_UNAVAILABLE`
 */
export function checkEngine(arrays: object = Array.prototype, node = nodeVersion()): void {
  if ("toReversed" in arrays) return;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: node === "" ? "this JavaScript engine is too old" : `Node ${node} is too old`,
    expected: "ES2023",
    hint: "Use Node 20.19 or later, or a browser of 2023 or later (Chrome 110, Safari 16, Firefox 115)",
  });
}

function nodeVersion(): string {
  return typeof process === "undefined" ? "" : (process.versions?.node ?? "");
}
