import type { OpStatus } from "@isoconv/conformance";

/** How far an operation stays from its bound: by colour, beside the words. */
export type Headroom = "none" | "wide" | "near" | "over";

const WRONG: ReadonlySet<OpStatus> = new Set(["fail", "error", "xpass"]);

/** From the gravest status of an operation's cases and the largest share of a bound they used. */
export function headroom(status: OpStatus, share: number | undefined): Headroom {
  if (WRONG.has(status) || (share !== undefined && share > 1)) return "over";
  if (status === "not run" || status === "unsupported") return "none";
  return (share ?? 0) > 0.5 ? "near" : "wide";
}
