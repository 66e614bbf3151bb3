import { formatSummary, modelSummary } from "@isoconv/zoo";
import { modelFor } from "./network.js";
import { printJson, printLine } from "./print.js";

export interface SummaryOptions {
  readonly input: readonly number[] | undefined;
  readonly classes: number | undefined;
  readonly json: boolean;
}

/** `isoconv summary <model>`: what each node returns and costs. */
export function summarise(name: string, { input, classes, json }: SummaryOptions): void {
  const summary = modelSummary(modelFor(name, input === undefined ? undefined : [1, ...input], classes));
  if (json) printJson(summary);
  else printLine(formatSummary(summary).trimEnd());
}
