import { elementCount, uniform, type ConcreteShape } from "@isoconv/core-spec";
import { unravel } from "../agreement.js";

/** The smallest tile of kernels: both sides of its edges are both sides of the edges of every tile of 8, 16, 32 or 64. */
const TILE = 4;
/** Elements drawn for each position next to an edge. */
const DRAWS = 2;

/**
 * The flat indices of the elements to compare where all are too dear: all corners; for each axis, its first two and last
 * two positions and both sides of every multiple of 4, each at two random places along the other axes; and `2·√n` random
 * elements. They are in ascending order, without repeats. If these are more than `most`, the corners and a random part of
 * the others.
 *
 * A fault in all elements at one such position, such as a border, a tile's edge or a vector's tail, is always seen. One
 * in a share f of all elements, wherever they lie, is missed with a probability of at most `(1 − f)^(2·√n)`: below 2 % if
 * it has at least `2·√n` elements. A few wrong elements in the middle of tiles are mostly not seen.
 */
export function sampleIndices(shape: ConcreteShape, key: string, most = Infinity): readonly number[] {
  const count = elementCount(shape);
  if (count === 0) return [];
  const draw = randomIntegers(key);
  const corners = [...new Set(cornersOf(shape))];
  const indices = new Set(corners);
  for (const [axis, extent] of shape.entries()) {
    const step = elementCount(shape.slice(axis + 1));
    for (let position = 0; position < extent; position += 1) {
      if (!isEdge(position, extent)) continue;
      for (let k = 0; k < DRAWS; k += 1) {
        const other = draw(count);
        indices.add(other + (position - unravel(other, shape)[axis]) * step);
      }
    }
  }
  for (let k = 0; k < 2 * Math.sqrt(count); k += 1) indices.add(draw(count));
  const drawn = [...indices].slice(corners.length);
  // If there are too many, a random part of them remains.
  for (let k = drawn.length; k > 0 && corners.length + k > most; k -= 1) {
    const leave = draw(k);
    drawn[leave] = drawn[k - 1];
    drawn.length = k - 1;
  }
  return [...corners, ...drawn].toSorted((a, b) => a - b);
}

function isEdge(position: number, extent: number): boolean {
  const within = position % TILE;
  return within === 0 || within === TILE - 1 || position < 2 || position >= extent - 2;
}

function cornersOf(shape: ConcreteShape): readonly number[] {
  return shape.reduce<readonly number[]>(
    (corners, extent) => corners.flatMap((corner) => [corner * extent, corner * extent + extent - 1]),
    [0],
  );
}

/** Integers of `[0, limit)`, drawn for `key` from 48 random bits each. */
function randomIntegers(key: string): (limit: number) => number {
  const chunk = 4096;
  let at = 0;
  let drawn: Float32Array = new Float32Array(0);
  return (limit) => {
    if (at % chunk === 0) drawn = uniform(1, `samples/${key}/${at}`, chunk, 0, 1);
    const k = at % chunk;
    at += 2;
    return Math.floor((drawn[k] + drawn[k + 1] * 2 ** -24) * limit);
  };
}
