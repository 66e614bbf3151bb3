import type { Feeds, Graph, Judge, Parameters } from "@isoconv/core-spec";
import { referenceResults, type Reference } from "./end-to-end.js";
import { endToEndComplaint } from "./end-to-end-complaint.js";

/**
 * A judge for `pickBackend` that compares with exact results: a backend agrees if every output is within 8 noise floors
 * of the float64 oracle's (proportionally more if it declares a class coarser than float32) and has the same top class.
 * The oracle runs once, with the first results; that takes seconds for a large network.
 *
 * @throws IsoconvError, from the judge, whatever the oracle throws: `INVALID_FEED`, `INVALID_WEIGHTS`
 */
export function oracleJudge(graph: Graph, parameters: Parameters, feeds: Feeds): Judge {
  let references: Promise<ReadonlyMap<string, Reference>> | undefined;
  return async (results, { capabilities }) => {
    references ??= referenceResults(graph, parameters, feeds);
    return endToEndComplaint(results, await references, capabilities);
  };
}
