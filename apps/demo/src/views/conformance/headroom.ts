import type { OpStatus } from "@isoconv/conformance";

/** Headroom of an operation, shown as a colour beside the text. */
export type Headroom = "none" | "wide" | "near" | "over";

const WRONG: ReadonlySet<OpStatus> = new Set(["fail", "error", "xpass"]);

/** Derived from the most severe status of an operation's cases and their largest share of the bound. */
export function headroom(status: OpStatus, share: number | undefined): Headroom {
  if (WRONG.has(status) || (share !== undefined && share > 1)) return "over";
  if (status === "not run" || status === "unsupported") return "none";
  return (share ?? 0) > 0.5 ? "near" : "wide";
}
