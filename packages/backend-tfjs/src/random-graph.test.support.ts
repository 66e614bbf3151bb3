import {
  elementCount,
  graphBuilder,
  isIsoconvError,
  uniform,
  type ConcreteShape,
  type GraphBuilder,
  type Tensor,
  type Value,
} from "@isoconv/core-spec";
import type { FilledNetwork } from "@isoconv/judge";
import { lattice } from "./agreement.test.support.js";

/** Larger values may not be exact. */
const LARGEST_VALUE = 2 ** 22;
const LARGEST_TENSOR = 4000;

interface Bounded {
  readonly value: Value;
  readonly shape: ConcreteShape;
  /** No element is larger. */
  readonly limit: number;
}

/**
 * A network of randomly chosen operations that are exact on integers. It mixes images with tensors of other ranks, so
 * that a wrong layout permutes some value. Every value is an output or, with an odd seed, only the last, which lets
 * passes rewrite the rest.
 */
export function randomNetwork(seed: number, length: number): FilledNetwork {
  const g = graphBuilder(`random-${seed}`);
  const parameters: Record<string, Tensor> = {};
  const feeds: Record<string, Tensor> = {};
  const draw = drawing(seed);
  const parameter = (shape: ConcreteShape): Bounded => {
    const name = `w${Object.keys(parameters).length}`;
    parameters[name] = lattice(`${seed}.${name}`, shape);
    return { value: g.parameter(name, shape), shape, limit: 2 };
  };
  const shape = [1 + draw(2), 1 + draw(4), 1 + draw(4), 1 + draw(4)];
  feeds["x"] = lattice(`${seed}.x`, shape);
  const values: Bounded[] = [{ value: g.input("x", shape), shape, limit: 2 }];
  while (values.length < length) {
    // Prefer recent values, so that chains form.
    const x = values[values.length - 1 - Math.min(draw(values.length), draw(values.length))];
    const made = attempt(() => step({ g, draw, parameter, values }, x));
    if (made !== undefined && made.limit <= LARGEST_VALUE && elementCount(made.shape) <= LARGEST_TENSOR) {
      values.push(made);
    }
  }
  const outputs = seed % 2 === 0 ? values : values.slice(-1);
  return {
    graph: g.build(outputs.map(({ value }) => [value.name, value] as const)),
    parameters,
    feeds,
  };
}

interface Context {
  readonly g: GraphBuilder;
  readonly draw: (below: number) => number;
  readonly parameter: (shape: ConcreteShape) => Bounded;
  readonly values: readonly Bounded[];
}

function step({ g, draw, parameter, values }: Context, { value: x, shape, limit }: Bounded): Bounded {
  const rank = shape.length;
  const keep = (value: Value): Bounded => ({ value, shape: value.shape.map(Number), limit });
  const grown = (value: Value, factor: number): Bounded => ({ ...keep(value), limit: limit * factor });
  const axis = draw(Math.max(1, rank));
  const choices: readonly (() => Bounded)[] = [
    () => keep(g.relu({ x })),
    () => keep(g.dropout({ x })),
    () => keep(g.clip({ x }, { min: -3, max: 5 })),
    () => keep(g.flatten({ x }, { axis: 1 + draw(2) })),
    () => keep(g.flatten({ x })),
    () => keep(g.reshape({ x }, { shape: [shape[0], -1] })),
    () => keep(g.reshape({ x }, { shape: [shape[0], shape[1], -1] })),
    () => keep(g.reshape({ x }, { shape: [...shape, 1] })),
    () => keep(g.reshape({ x }, { shape: values[0].shape })),
    () => keep(g.transpose({ x }, { permutation: shape.map((_, index) => (index + 1) % rank) })),
    () => keep(g.transpose({ x }, { permutation: shape.map((_, index) => rank - 1 - index) })),
    () => keep(g.slice({ x }, { axes: [axis], starts: [draw(shape[axis])], ends: [shape[axis]] })),
    () => keep(g.concat({ xs: [x, x] }, { axis })),
    () => {
      const other = values[draw(values.length)];
      return { ...keep(g.concat({ xs: [x, other.value] }, { axis })), limit: Math.max(limit, other.limit) };
    },
    () => {
      const other = values[draw(values.length)];
      return { ...keep(g.add({ a: x, b: other.value })), limit: limit + other.limit };
    },
    () => {
      const w = parameter(shape.slice(draw(rank)).map((extent) => (draw(2) === 0 ? 1 : extent)));
      return draw(2) === 0
        ? grown(g.mul({ a: w.value, b: x }), 2)
        : { ...keep(g.add({ a: x, b: w.value })), limit: limit + 2 };
    },
    () => {
      const w = parameter([1 + draw(5), shape[rank - 1]]);
      return grown(g.linear({ x, w: w.value }), 2 * shape[rank - 1]);
    },
    () => {
      const w = parameter([1 + draw(3), shape[1], 1 + draw(2), 1 + draw(2)]);
      return grown(g.conv2d({ x, w: w.value }, { pads: [1, 0, 0, 1] }), 2 * elementCount(w.shape));
    },
    () => keep(g.maxPool2d({ x }, { kernel: [2, 2], pads: [0, 1, 1, 0] })),
    () => keep(g.pad2d({ x }, { pads: [draw(2), draw(2), 0, 1], value: 1 })),
    () => keep(g.upsample({ x }, { scales: [1 + draw(2), 2] })),
  ];
  return choices[draw(choices.length)]();
}

/** Not every operation accepts every value; one that does not is skipped. */
function attempt(make: () => Bounded): Bounded | undefined {
  try {
    return make();
  } catch (error) {
    if (isIsoconvError(error)) return undefined;
    throw error;
  }
}

/** Whole numbers from 0 on that depend on the seed alone. */
function drawing(seed: number): (below: number) => number {
  const numbers = uniform(seed, "draw", 5000, 0, 1);
  let next = 0;
  return (below) => {
    const number = numbers[next];
    next += 1;
    return Math.min(below - 1, Math.floor(number * below));
  };
}
