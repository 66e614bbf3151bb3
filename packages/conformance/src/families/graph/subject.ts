import {
  bindShape,
  elementCount,
  graphBuilder,
  ownValue,
  type GraphBuilder,
  type OpName,
  type Outputs,
  type Value,
  type ValueSpec,
} from "@isoconv/core-spec";
import { lattice, positives, reals, type Fill } from "@isoconv/judge";
import type { AgreementCase } from "../../plan/case.js";
import { historyOf } from "../history/history-of.js";
import { drawFor, type Draw } from "./draw.js";
import { isExactOnIntegers } from "./largest-integer.js";

/** A graph of the family. */
export interface GraphSubject {
  /** The id of its case without `graph/`. */
  readonly name: string;
  readonly build: (g: GraphBuilder, draw: Draw) => Outputs<Value>;
}

/** The value of the symbolic batch. */
const BATCH = 2;

/** The data of values whose names start so, in any graph, and the largest absolute value. */
const byStem: Readonly<Record<string, { readonly fill: Fill; readonly most: number }>> = {
  variance: { fill: positives, most: Infinity },
  // Factors that lose nothing; the period divides no usual extent.
  sign: { fill: { kind: "cycle", values: [1, -1, -1, 1, -1] }, most: 1 },
  // What looks like a constant without effect.
  zero: { fill: { kind: "cycle", values: [0] }, most: 0 },
  one: { fill: { kind: "cycle", values: [1] }, most: 1 },
};

const stemOf = (name: string): string => Object.keys(byStem).find((stem) => name.startsWith(stem)) ?? "";

/** The largest absolute value of a lattice integer. */
const LATTICE = 2;

/**
 * The case of a graph. Its data are lattice integers, and its results must be exact, where the integers stay small; else
 * the data are reals, judged by bounds.
 */
export function caseOf({ name, build }: GraphSubject, seed: number): AgreementCase {
  const id = `graph/${name}`;
  const g = graphBuilder(id);
  const draw = drawFor(seed, id);
  const graph = g.build(build(g, draw));
  const exactly = isExactOnIntegers(graph, (name) => ownValue(byStem, stemOf(name))?.most ?? LATTICE);
  const fillOf = (value: ValueSpec): Fill => {
    const given = ownValue(byStem, stemOf(value.name));
    if (given !== undefined) return given.fill;
    if (!exactly) return reals;
    // A single zero would hide what it is multiplied by.
    const isSingle = elementCount(bindShape(value.shape, BATCH)) === 1;
    return isSingle ? { kind: "cycle", values: [draw.choose([2, -2, 1, -1])] } : lattice;
  };
  const fills = Object.fromEntries([...graph.inputs, ...graph.parameters].map((value) => [value.name, fillOf(value)]));
  const ops: readonly OpName[] = [...new Set(graph.nodes.map(({ op }) => op))];
  const network = { graph, batch: BATCH, seed, fills };
  return { id, family: "graph", ops, network, exactly, history: historyOf(network) };
}
