import {
  describe,
  LARGEST,
  parseInteger,
  refuse,
  type Attribute,
  type Described,
  type HasDefault,
  type Pads2d,
  type Pair,
} from "./attribute.js";
import type { Location } from "./error.js";
import { MAX_RANK } from "./shape.js";

function within(at: Location, index: number): Location {
  return { ...at, path: `${at.path ?? ""}[${index}]` };
}

function parseList(value: unknown, at: Location, length: number, domain: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) return refuse(at, domain, value);
  return value;
}

interface PairOptions extends Described<Pair> {
  readonly min: number;
}

/** Larger than any window of a real network, and small enough that a hostile one is refused quickly. */
const WIDEST = 65_535;

/** Two integers in `[min, 65535]`: one for the height, one for the width. */
export function pair<const O extends PairOptions>(options: O): Attribute<Pair, HasDefault<O>> {
  const { min } = options;
  const each = `an integer in [${min}, ${WIDEST}]`;
  const domain = `[height, width], each ${each}`;
  return describe<Pair, O>(options, {
    domain,
    boundary: [
      [min, min],
      [min + 1, min],
      [min, min + 1],
      [min + 2, min + 1],
    ],
    invalid: [
      [],
      [min],
      [min, min, min],
      [min - 1, min],
      [min, min + 0.5],
      [WIDEST + 1, min],
      [Number.NaN, min],
      [min, "1"],
      min,
      null,
      {},
    ],
    parse: (value, at) => {
      const [height, width] = parseList(value, at, 2, domain);
      return Object.freeze([
        parseInteger(height, within(at, 0), min, WIDEST, each),
        parseInteger(width, within(at, 1), min, WIDEST, each),
      ] as const);
    },
  });
}

/** Explicit padding `[top, left, bottom, right]`, zero by default. There is no `same` and no `ceil`: see the nn package. */
export function pads2d<const O extends Described<Pads2d>>(options: O): Attribute<Pads2d, HasDefault<O>> {
  const each = `an integer in [0, ${WIDEST}]`;
  const domain = `[top, left, bottom, right], each ${each}`;
  return describe<Pads2d, O>(options, {
    domain,
    boundary: [
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [1, 0, 0, 0],
      [0, 2, 1, 0],
    ],
    invalid: [
      [],
      [1, 1],
      [1, 1, 1],
      [0, 0, 0, 0, 0],
      [-1, 0, 0, 0],
      [0, 0, 0, 0.5],
      [0, Number.NaN, 0, 0],
      1,
      "same",
      null,
    ],
    parse: (value, at) => {
      const [top, left, bottom, right] = parseList(value, at, 4, domain);
      return Object.freeze([
        parseInteger(top, within(at, 0), 0, WIDEST, each),
        parseInteger(left, within(at, 1), 0, WIDEST, each),
        parseInteger(bottom, within(at, 2), 0, WIDEST, each),
        parseInteger(right, within(at, 3), 0, WIDEST, each),
      ] as const);
    },
  });
}

interface IntegersOptions extends Described<readonly number[]> {
  readonly min: number;
  /** Refuses repeated entries. */
  readonly distinct?: boolean;
}

/** A list of integers ≥ `min`, one per axis named elsewhere. */
export function integers<const O extends IntegersOptions>(options: O): Attribute<readonly number[], HasDefault<O>> {
  const { min, distinct = false } = options;
  const each = `an integer in [${min}, ${LARGEST}]`;
  const domain = `a list of at most ${MAX_RANK} ${distinct ? "distinct " : ""}integers ≥ ${min}`;
  const tooLong = Array.from({ length: MAX_RANK + 1 }, (_, index) => min + index);
  return describe<readonly number[], O>(options, {
    domain,
    boundary: [...(options.default === undefined ? [] : [options.default]), [min], [min, min + 1]],
    invalid: [
      [min - 1],
      [min + 0.5],
      [Number.NaN],
      ["1"],
      tooLong,
      min,
      "1",
      null,
      {},
      ...(distinct ? [[min, min]] : []),
    ],
    parse: (value, at) => {
      if (!Array.isArray(value) || value.length > MAX_RANK) return refuse(at, domain, value);
      // Array.from visits holes; map would leave them in the result.
      const list = Array.from<unknown, number>(value, (item, index) =>
        parseInteger(item, within(at, index), min, LARGEST, each),
      );
      if (distinct && new Set(list).size !== list.length) return refuse(at, domain, value);
      return Object.freeze(list);
    },
  });
}
