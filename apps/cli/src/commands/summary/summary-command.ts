import { collapseSummary, formatSummary, modelSummary } from "@isoconv/zoo";
import { modelFor } from "../../network.js";
import type { OutputStride } from "../../output-stride.js";
import { printJson, printLine } from "../../print.js";

export interface SummaryOptions {
  readonly input: readonly number[] | undefined;
  readonly classes: number | undefined;
  readonly outputStride: OutputStride | undefined;
  readonly batch: number;
  readonly depth: number | undefined;
  readonly format: "text" | "markdown" | "json";
  /** The same as the format `json`. */
  readonly json: boolean;
}

/** `isoconv summary <model>`: prints the output shape and cost of each module and node. */
export async function summarise(
  name: string,
  { input, classes, outputStride, batch, depth, format, json }: SummaryOptions,
): Promise<void> {
  const model = await modelFor(name, input === undefined ? undefined : [1, ...input], classes, { outputStride });
  const whole = modelSummary(model, { batch });
  const summary = depth === undefined ? whole : collapseSummary(whole, depth);
  if (json || format === "json") printJson(summary);
  else printLine(formatSummary(summary, { format }).trimEnd());
}
