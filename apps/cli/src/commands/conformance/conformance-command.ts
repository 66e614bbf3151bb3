import { lowerGraph } from "@isoconv/onnx";
import {
  machineInfo,
  runConformanceCommand,
  type ConformanceCommandOptions,
  type ConformanceExit,
} from "@isoconv/conformance/cli";
import { availableParallelism } from "node:os";
import type { Graph, Parameters } from "@isoconv/core-spec";
import { backendEntry, isOnCpu } from "../../backends.js";
import { printAboveProgress } from "../../print.js";
import type { Progress } from "../../progress.js";

export type ConformanceOptions = ConformanceCommandOptions;

/** `isoconv conformance`: runs the suite on one backend. Resolves to the exit status of the verdict. */
export function runConformance(options: ConformanceOptions, progress: Progress): Promise<ConformanceExit> {
  return runConformanceCommand(
    { ...options, jobs: options.jobs ?? usualJobs(options) },
    {
      print: (text) => printAboveProgress(text),
      progress: (text) => progress.count(text),
      complain: (text) => void process.stderr.write(`isoconv: ${text}\n`),
      jobScript: new URL("./conformance-job.js", import.meta.url),
      findBackend: async (id) => backendEntry(id).load(),
      machine: machineInfo(),
      exportOnnx,
    },
  );
}

/** More threads would each need memory for large cases. */
const MOST_JOBS = 4;

/** One thread for each core if a whole plan runs on the processor. A part of one is often shorter than a thread's start. */
function usualJobs({ backend, filter }: ConformanceOptions): number {
  const isWhole = filter.length === 0;
  return isWhole && backend !== undefined && isOnCpu(backend) ? Math.min(MOST_JOBS, availableParallelism()) : 1;
}

/** Always one self-contained file, without external data. */
function exportOnnx(graph: Graph, parameters: Parameters): Uint8Array {
  return lowerGraph(graph, parameters, { externalDataThreshold: Infinity }).model;
}
