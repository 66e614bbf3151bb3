import { IsoconvError } from "@isoconv/core-spec";
import type { ModelSummary } from "@isoconv/zoo";

/** Workers hold parameters and activations more than once: in the runtime, and on the way there. */
const MOST_BYTES = 2 ** 28;

/** Which of the outermost layers makes a network larger than a page can hold, and the error that says so. */
export interface TooLarge {
  readonly layer: number;
  readonly error: IsoconvError;
}

/** A network is refused by its figures: to find out by trying may take the whole page down. */
export function tooLarge({ children, totals }: ModelSummary): TooLarge | undefined {
  const { parameterBytes, peakActivations } = totals;
  if (parameterBytes > MOST_BYTES) {
    const most = Math.max(...children.map(({ parameters }) => parameters));
    const layer = children.findIndex(({ parameters }) => parameters === most);
    return refusal(layer, "parameters", parameterBytes);
  }
  if (peakActivations.bytes > MOST_BYTES) {
    return refusal(Number.parseInt(peakActivations.at, 10), "activations", peakActivations.bytes);
  }
  return undefined;
}

function refusal(layer: number, of: string, bytes: number): TooLarge {
  const what = `${mebibytes(bytes)} of ${of} are more than this page runs`;
  return {
    layer,
    error: new IsoconvError("OUT_OF_MEMORY", {
      node: String(layer),
      what,
      expected: `at most ${mebibytes(MOST_BYTES)}`,
    }),
  };
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en-US")} MiB`;
}
