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
 * The error that core-spec throws for an invalid value.
 *
 * @throws Error if core-spec accepts the value, because the case would then be wrong
 */
function refusalOf(what: string, ask: () => unknown): Refusal {
  try {
    ask();
  } catch (error) {
    if (!isIsoconvError(error)) throw error;
    const { code, path, op, node } = error;
    return {
      code,
      // A backend that finds the error later may not know the index of the node.
      ...(path === undefined ? {} : { path: path.replace(/^nodes\[\d+\]\./, "") }),
      names: [op, node].filter((name) => name !== undefined),
    };
  }
  throw new Error(`"${what}" is valid`);
}

/** The error that the reader of graphs throws. */
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
