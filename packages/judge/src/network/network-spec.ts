import {
  bindShape,
  float32,
  ownValue,
  type ArithmeticClass,
  type Feeds,
  type Graph,
  type Parameters,
  type Tensor,
  type ValueSpec,
} from "@isoconv/core-spec";
import { storesHalf } from "../arithmetic.js";
import { roundToHalf } from "../half.js";
import { fillData, reals, type Fill } from "./fill.js";

/** A graph and the fillings of its parameters and inputs. */
export interface NetworkSpec {
  readonly graph: Graph;
  /** The value of the symbolic batch. */
  readonly batch: number;
  readonly seed: number;
  /** Fillings by input or parameter; `reals` if absent. */
  readonly fills: Readonly<Record<string, Fill>>;
}

/** A graph with its parameters and feeds. */
export interface FilledNetwork {
  readonly graph: Graph;
  readonly parameters: Parameters;
  readonly feeds: Feeds;
}

/** The largest finite number of half precision. */
const LARGEST_HALF = 65_504;

/** The nearest number of half precision; finite numbers stay finite. */
function toHalf(value: number): number {
  return Number.isFinite(value) ? Math.max(-LARGEST_HALF, Math.min(LARGEST_HALF, roundToHalf(value))) : value;
}

/**
 * Makes the tensors of a network, from numbers that the arithmetic class can store. Fillings with wide integers depend on
 * the class, because it determines how large sums may be. The graph's name is part of the
 * seed, so that two cases do not share data by accident.
 */
export function fillNetwork(
  { graph, batch, seed, fills }: NetworkSpec,
  { arithmetic }: { readonly arithmetic: ArithmeticClass },
): FilledNetwork {
  const isHalf = storesHalf(arithmetic);
  const fillOne = ({ name, shape }: ValueSpec): [string, Tensor] => {
    const bound = bindShape(shape, batch);
    const fill = ownValue(fills, name);
    const data = fillData(fill ?? reals, seed, `${graph.name}/${name}`, bound, arithmetic);
    return [name, float32(bound, isHalf ? data.map(toHalf) : data)];
  };
  return {
    graph,
    parameters: Object.fromEntries(graph.parameters.map(fillOne)),
    feeds: Object.fromEntries(graph.inputs.map(fillOne)),
  };
}
