import type { ModelSummary, SummaryEntry } from "@isoconv/zoo";

/** What is known of a network only when it is built. */
export interface Figures {
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
  /** Pixels of the image, along a side, that an element of the last feature map sees; `null`: it may see all. */
  readonly receptiveField: number | null;
}

export function figuresOf({ children, totals }: ModelSummary): Figures {
  const [height, width] = lastFeatureMap(children)?.receptiveField ?? [null, null];
  const receptiveField = height === null || width === null ? null : Math.max(height, width);
  return { parameters: totals.parameters, macs: totals.macs, receptiveField };
}

/** The last value that still has rows and columns: what comes after it sees the whole image in any network. */
function lastFeatureMap(entries: readonly SummaryEntry[]): SummaryEntry | undefined {
  return nodesOf(entries).findLast(({ outputShape }) => {
    const [, , height, width] = outputShape;
    return outputShape.length === 4 && !(height === 1 && width === 1);
  });
}

function nodesOf(entries: readonly SummaryEntry[]): readonly SummaryEntry[] {
  return entries.flatMap((entry) => (entry.op === null ? nodesOf(entry.children) : [entry]));
}
