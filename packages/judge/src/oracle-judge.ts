import type { Feeds, Graph, Judge, Parameters } from "@isoconv/core-spec";
import { referenceResults, type Reference } from "./end-to-end.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";

/**
 * A judge for `pickBackend` that knows the exact results: a backend agrees when every output stays within 8 noise floors
 * of the float64 oracle's (more in proportion for classes coarser than float32 that it declares), with the same top class.
 * The oracle runs once, when the first results come; that takes seconds for a large network.
 *
 * @throws IsoconvError, from the judge, whatever the oracle refuses: `INVALID_FEED`, `INVALID_WEIGHTS`
 */
export function oracleJudge(graph: Graph, parameters: Parameters, feeds: Feeds): Judge {
  let references: Promise<ReadonlyMap<string, Reference>> | undefined;
  return async (results, { capabilities }) => {
    references ??= referenceResults(graph, parameters, feeds);
    return endToEndComplaint(results, await references, capabilities);
  };
}
