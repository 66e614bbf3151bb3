/** The values to try, by axis. */
export type Axes<V> = Readonly<Record<string, readonly V[]>>;
/** One value of every axis. */
export type Row<V> = Readonly<Record<string, V>>;

/** A value of an axis, by their indices. */
interface Choice {
  readonly axis: number;
  readonly value: number;
}
type Tuple = readonly Choice[];

/** A covering array, and the combinations that no valid row has. */
export interface CoveringArray<V> {
  readonly rows: readonly Row<V>[];
  /** The smallest combinations, of `strength` values at most, that occur in no valid row. */
  readonly impossible: readonly Row<V>[];
}

/**
 * Few valid rows that contain every combination of `strength` values that any valid row can have.
 *
 * Greedy, one row at a time, like AETG (Cohen et al., The AETG System, 1997): a row starts with a missing combination and
 * takes, axis by axis, the value that adds most others. If no valid row follows, the search backtracks. A combination is
 * given up only after every row with it has been refused. The same arguments give the same rows.
 *
 * @param accepts whether a row is valid; called once for each row
 */
export function coveringArray<V>(
  axes: Axes<V>,
  strength: 1 | 2 | 3,
  accepts: (row: Row<V>) => boolean,
): CoveringArray<V> {
  const names = Object.keys(axes);
  const sizes = names.map((name) => axes[name]?.length ?? 0);
  const toRow = (indices: readonly number[]): Row<V> =>
    Object.fromEntries(names.map((name, axis) => [name, valueAt(axes, name, indices[axis] ?? 0)]));
  const asked = new Map<string, boolean>();
  const isValid = (indices: readonly number[]): boolean => {
    const key = indices.join();
    const known = asked.get(key) ?? accepts(toRow(indices));
    asked.set(key, known);
    return known;
  };
  const impossible: Tuple[] = [];
  const rows: (readonly number[])[] = [];
  const width = Math.min(strength, names.length);
  for (let length = 1; length <= width; length += 1) {
    // Shorter combinations come first, so that combinations with an impossible part need no search.
    const missing = new Missing(sizes, length, (tuple) => impossible.some((part) => isPart(part, tuple)));
    for (const row of rows) missing.cover(row);
    const complete = length === width;
    for (let tuple = missing.first(); tuple !== undefined; tuple = missing.first()) {
      const row = completeRow(sizes, tuple, (choices) => missing.gain(choices), isValid);
      if (row === undefined) impossible.push(tuple);
      missing.drop(tuple);
      if (row !== undefined) missing.cover(row);
      if (row !== undefined && complete) rows.push(row);
    }
  }
  if (names.length === 0 && isValid([])) rows.push([]);
  return {
    rows: rows.map(toRow),
    impossible: impossible.map((tuple) =>
      Object.fromEntries(
        tuple.map(({ axis, value }) => {
          const name = names[axis] ?? "";
          return [name, valueAt(axes, name, value)];
        }),
      ),
    ),
  };
}

function valueAt<V>(axes: Axes<V>, name: string, index: number): V {
  const values = axes[name];
  if (values === undefined || index >= values.length) throw new Error(`axis "${name}" has no value ${index}`);
  return values[index];
}

function isPart(part: Tuple, whole: Tuple): boolean {
  return part.every(({ axis, value }) => whole.some((other) => other.axis === axis && other.value === value));
}

/** Depth-first search: the best value of each axis, or the next best if no valid row follows. */
function completeRow(
  sizes: readonly number[],
  fixed: Tuple,
  gain: (choices: readonly (number | undefined)[], axis: number) => number,
  isValid: (indices: readonly number[]) => boolean,
): readonly number[] | undefined {
  const choices: (number | undefined)[] = sizes.map((_, axis) => fixed.find((choice) => choice.axis === axis)?.value);
  const open = sizes.map((_, axis) => axis).filter((axis) => choices[axis] === undefined);
  const search = (depth: number): readonly number[] | undefined => {
    const axis = open[depth];
    if (axis === undefined) {
      const row = choices.map((choice) => choice ?? 0);
      return isValid(row) ? row : undefined;
    }
    const ranked = Array.from({ length: sizes[axis] ?? 0 }, (_, value) => {
      choices[axis] = value;
      return { value, gain: gain(choices, axis) };
    }).toSorted((a, b) => b.gain - a.gain);
    for (const { value } of ranked) {
      choices[axis] = value;
      const row = search(depth + 1);
      if (row !== undefined) return row;
    }
    choices[axis] = undefined;
    return undefined;
  };
  return search(0);
}

/** The combinations that are in no row yet. */
class Missing {
  readonly #tuples = new Map<string, Tuple>();
  readonly #combinations: readonly (readonly number[])[];

  constructor(sizes: readonly number[], length: number, isImpossible: (tuple: Tuple) => boolean) {
    this.#combinations = combinations(sizes.length, length);
    for (const axes of this.#combinations) {
      for (const tuple of tuplesOf(axes, sizes)) {
        if (!isImpossible(tuple)) this.#tuples.set(keyOf(tuple), tuple);
      }
    }
  }

  first(): Tuple | undefined {
    for (const tuple of this.#tuples.values()) return tuple;
    return undefined;
  }

  drop(tuple: Tuple): void {
    this.#tuples.delete(keyOf(tuple));
  }

  cover(row: readonly number[]): void {
    for (const axes of this.#combinations) this.#tuples.delete(keyAlong(axes, row));
  }

  /** The number of missing combinations with a given axis in a partial row. */
  gain(choices: readonly (number | undefined)[]): number {
    return this.#combinations.filter((axes) => this.#tuples.has(keyAlong(axes, choices))).length;
  }
}

const keyOf = (tuple: Tuple): string => tuple.map(({ axis, value }) => `${axis}:${value}`).join();
const keyAlong = (axes: readonly number[], row: readonly (number | undefined)[]): string =>
  axes.map((axis) => `${axis}:${row[axis]}`).join();

/** All combinations of `length` numbers below `count`, in order. */
function combinations(count: number, length: number, from = 0): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return Array.from({ length: Math.max(0, count - from) }, (_, k) => from + k).flatMap((first) =>
    combinations(count, length - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

function tuplesOf(axes: readonly number[], sizes: readonly number[]): readonly Tuple[] {
  return axes.reduce<readonly Tuple[]>(
    (tuples, axis) =>
      tuples.flatMap((tuple) => Array.from({ length: sizes[axis] ?? 0 }, (_, value) => [...tuple, { axis, value }])),
    [[]],
  );
}
