import { judgeEndToEnd, type EndToEnd, type Reference } from "@isoconv/judge";
import type { Row } from "./comparison.js";

/**
 * How a backend's answer compares with the oracle's, held to the bound of the arithmetic that the backend declares;
 * `undefined` before there are both.
 */
export function judgeRow(
  { logits, capabilities }: Pick<Row, "logits" | "capabilities">,
  reference: Reference | undefined,
): EndToEnd | undefined {
  if (logits === undefined || capabilities === undefined || reference === undefined) return undefined;
  return judgeEndToEnd(logits, reference, capabilities);
}

/** Whether the oracle's numbers can judge anything. */
export function canJudge({ scale, noiseFloor }: Reference): boolean {
  return Number.isFinite(scale) && Number.isFinite(noiseFloor);
}
