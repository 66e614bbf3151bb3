import {
  bindFeeds,
  checkParameters,
  exposeValues,
  graphFromJson,
  isIsoconvError,
  type Feeds,
  type Graph,
  type Parameters,
} from "@isoconv/core-spec";
import type { Refusal } from "./request.js";

/**
 * How core-spec itself refuses something.
 *
 * @throws Error when it does not: the case would ask for a refusal of what is valid
 */
function refusalOf(what: string, ask: () => unknown): Refusal {
  try {
    ask();
  } catch (error) {
    if (!isIsoconvError(error)) throw error;
    const { code, path, op, node } = error;
    return {
      code,
      // A backend that finds it elsewhere on its way there may say less of where in the list of nodes it was.
      ...(path === undefined ? {} : { path: path.replace(/^nodes\[\d+\]\./, "") }),
      names: [op, node].filter((name) => name !== undefined),
    };
  }
  throw new Error(`"${what}" is valid`);
}

/** A graph object as the reader refuses it. */
export function graphRefusal(what: string, graph: object): Refusal {
  return refusalOf(what, () => graphFromJson({ format: "isoconv-graph", version: 1, ...graph }));
}

export function parametersRefusal(what: string, graph: Graph, parameters: unknown): Refusal {
  return refusalOf(what, () => checkParameters(graph, parameters as Parameters));
}

export function feedsRefusal(what: string, graph: Graph, feeds: unknown): Refusal {
  return refusalOf(what, () => bindFeeds(graph, feeds as Feeds));
}

export function tapsRefusal(what: string, graph: Graph, taps: readonly string[]): Refusal {
  return refusalOf(what, () => exposeValues(graph, taps));
}
