import {
  describe,
  LARGEST,
  parseInteger,
  refuse,
  type Attribute,
  type Described,
  type HasDefault,
} from "./attribute.js";

interface IntegerOptions extends Described<number> {
  readonly min: number;
  readonly max?: number;
}

/** An integer in `[min, max]`. */
export function integer<const O extends IntegerOptions>(options: O): Attribute<number, HasDefault<O>> {
  const { min, max = LARGEST } = options;
  const domain = max === LARGEST ? `an integer ≥ ${min}` : `an integer in [${min}, ${max}]`;
  return describe<number, O>(options, {
    domain,
    boundary: [...new Set([min, min + 1, options.default ?? min])].filter((value) => value <= max),
    invalid: [min - 1, min + 0.5, max + 1, Number.NaN, Infinity, -Infinity, `${min}`, null, [min], true],
    parse: (value, at) => parseInteger(value, at, min, max, domain),
  });
}

interface FloatOptions extends Described<number> {
  readonly min?: number;
  readonly max?: number;
  /** Refuses `min` itself. */
  readonly exclusive?: boolean;
  readonly infinite?: boolean;
}

/**
 * A float32 value: what the caller writes is rounded to float32 once, here, so that every backend computes with the same
 * number. NaN is never an attribute.
 */
export function float<const O extends FloatOptions>(options: O): Attribute<number, HasDefault<O>> {
  const { min = -Infinity, max = Infinity, exclusive = false, infinite = false } = options;
  const bounds = [
    min === -Infinity ? [] : [`${exclusive ? ">" : "≥"} ${min}`],
    max === Infinity ? [] : [`≤ ${max}`],
  ].flat();
  const domain = `a ${infinite ? "" : "finite "}float32${bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`}`;
  const accepts = (value: number): boolean =>
    (infinite || Number.isFinite(value)) && (exclusive ? value > min : value >= min) && value <= max;
  const fallback = options.default === undefined ? undefined : Math.fround(options.default);
  const attribute = describe<number, O>(options, {
    domain,
    boundary: [...new Set([fallback, min, max, 0, 0.5, 1])].filter((value) => value !== undefined).filter(accepts),
    invalid: [
      Number.NaN,
      "1",
      null,
      true,
      [0],
      ...(infinite ? [] : [Infinity, -Infinity, 1e39]),
      ...(min === -Infinity ? [] : [exclusive ? min : min - 1]),
      ...(max === Infinity ? [] : [max + 1]),
    ],
    parse: (value, at) => {
      if (typeof value !== "number" || Number.isNaN(value)) return refuse(at, domain, value);
      const rounded = Math.fround(value);
      return accepts(rounded) ? rounded : refuse(at, domain, value);
    },
  });
  return { ...attribute, fallback };
}

/** `true` or `false`. */
export function flag<const O extends Described<boolean>>(options: O): Attribute<boolean, HasDefault<O>> {
  const domain = "true or false";
  return describe<boolean, O>(options, {
    domain,
    boundary: [false, true],
    invalid: [0, 1, "true", null],
    parse: (value, at) => (typeof value === "boolean" ? value : refuse(at, domain, value)),
  });
}

/** One of a fixed set of words. */
export function choice<const W extends string, const O extends Described<W>>(
  words: readonly W[],
  options: O,
): Attribute<W, HasDefault<O>> {
  const domain = words.map((word) => `"${word}"`).join(" or ");
  return describe<W, O>(options, {
    domain,
    boundary: words,
    invalid: ["", `${words[0]} `, 0, null, [words[0]]],
    parse: (value, at) => words.find((word) => word === value) ?? refuse(at, domain, value),
  });
}
