import { judgeEndToEnd, type EndToEnd, type Reference } from "@isoconv/judge";
import type { Row } from "./comparison.js";

/**
 * Judges a backend's logits against the oracle's by the bound of the arithmetic that the backend declares;
 * `undefined` until both exist.
 */
export function judgeRow(
  { logits, capabilities }: Pick<Row, "logits" | "capabilities">,
  reference: Reference | undefined,
): EndToEnd | undefined {
  if (logits === undefined || capabilities === undefined || reference === undefined) return undefined;
  return judgeEndToEnd(logits, reference, capabilities);
}

/** Whether the oracle's logits are finite, so that they can be used to judge. */
export function canJudge({ scale, noiseFloor }: Reference): boolean {
  return Number.isFinite(scale) && Number.isFinite(noiseFloor);
}
