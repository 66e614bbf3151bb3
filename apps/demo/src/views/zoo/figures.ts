import type { ModelSummary, SummaryEntry } from "@isoconv/zoo";

/** Figures that are known only after a network is built. */
export interface Figures {
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
  /** Receptive field of the last feature map: side in pixels of the image; `null` if it may be the whole image. */
  readonly receptiveField: number | null;
}

export function figuresOf({ children, totals }: ModelSummary): Figures {
  const [height, width] = lastFeatureMap(children)?.receptiveField ?? [null, null];
  const receptiveField = height === null || width === null ? null : Math.max(height, width);
  return { parameters: totals.parameters, macs: totals.macs, receptiveField };
}

/** The last value that still has rows and columns. Values after it depend on the whole image in any network. */
function lastFeatureMap(entries: readonly SummaryEntry[]): SummaryEntry | undefined {
  return nodesOf(entries).findLast(({ outputShape }) => {
    const [, , height, width] = outputShape;
    return outputShape.length === 4 && !(height === 1 && width === 1);
  });
}

function nodesOf(entries: readonly SummaryEntry[]): readonly SummaryEntry[] {
  return entries.flatMap((entry) => (entry.op === null ? nodesOf(entry.children) : [entry]));
}
