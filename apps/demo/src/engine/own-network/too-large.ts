import { IsoconvError } from "@isoconv/core-spec";
import type { ModelSummary } from "@isoconv/zoo";

/** Workers hold parameters and activations more than once: in the runtime and in copies made for it. */
const MOST_BYTES = 2 ** 28;

/** The outermost layer that makes a network too large for the page, and the error to report. */
export interface TooLarge {
  readonly layer: number;
  readonly error: IsoconvError;
}

/** A network is refused by its figures, because running one that is too large may crash the page. */
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
  const what = `${mebibytes(bytes)} of ${of} are more than this page allows`;
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
