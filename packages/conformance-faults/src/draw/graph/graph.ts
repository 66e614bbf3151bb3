import type { Backend, Graph, OpName } from "@isoconv/core-spec";
import type { NetworkSpec } from "@isoconv/judge";
import type { Draw } from "../drawn-fault.js";
import type { Stream } from "../stream.js";
import { onNetwork } from "../witness.js";
import * as deep from "./deep.js";
import * as fusions from "./fusions.js";
import * as interfaces from "./interfaces.js";
import * as names from "./names.js";
import * as operands from "./operands.js";

/** A fault in what a backend makes of a graph. */
export interface GraphFault {
  readonly what: string;
  /** The operations that a graph must have to show it. */
  readonly ops: readonly OpName[];
  /** Whether the fault changes what becomes of a graph. */
  readonly concerns: (graph: Graph) => boolean;
  readonly create: (isFaulty: boolean, id: string) => Backend;
  /** A network that shows it. */
  readonly witness: () => NetworkSpec;
}

export type DrawGraph = (stream: Stream) => GraphFault;

const generators: readonly DrawGraph[] = [deep, fusions, interfaces, names, operands].flatMap((file) =>
  Object.values<DrawGraph>(file),
);

/** A fault that depends on the shape of a graph: its depth, width, sharing, names, constants and interface. */
export function drawGraphFault(stream: Stream): Draw {
  const { what, ops, concerns, create, witness } = stream.pick(generators)(stream);
  return { what, ops, create, witness: onNetwork(witness), isReachedBy: ({ graphs }) => graphs.some(concerns) };
}
