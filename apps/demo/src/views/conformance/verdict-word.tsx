import type { Report } from "@isoconv/conformance";
import type { VNode } from "preact";
import { words } from "./words.js";

/** A verdict; green only if everything was run and is correct. */
export function VerdictWord({ verdict }: Pick<Report, "verdict">): VNode {
  const isBad = verdict === "nonconformant" || verdict === "drift";
  const color = isBad ? "bad" : verdict === "conformant" ? "good" : undefined;
  return <strong class={color}>{words.value.verdicts[verdict]}</strong>;
}
