import { lowerGraph } from "@isoconv/onnx";
import {
  machineInfo,
  runConformanceCommand,
  type ConformanceCommandOptions,
  type ConformanceExit,
} from "@isoconv/conformance/cli";
import type { Graph, Parameters } from "@isoconv/core-spec";
import { backendEntry } from "../../backends.js";
import { printLine } from "../../print.js";
import type { Progress } from "../../progress.js";

export type ConformanceOptions = ConformanceCommandOptions;

/** `isoconv conformance`: runs the suite on one backend. Resolves to the exit status of the verdict. */
export function runConformance(options: ConformanceOptions, progress: Progress): Promise<ConformanceExit> {
  return runConformanceCommand(options, {
    print: (text) => {
      // Removes the progress line before a finding is printed.
      if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
      printLine(text);
    },
    progress: (text) => progress.count(text),
    complain: (text) => void process.stderr.write(`isoconv: ${text}\n`),
    findBackend: async (id) => backendEntry(id).load(),
    machine: machineInfo(),
    exportOnnx,
  });
}

/** Always one self-contained file, without external data. */
function exportOnnx(graph: Graph, parameters: Parameters): Uint8Array {
  return lowerGraph(graph, parameters, { externalDataThreshold: Infinity }).model;
}
