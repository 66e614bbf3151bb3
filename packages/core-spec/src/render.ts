/** A number as text; −0 is `-0`, which `String` writes as `0`. */
export function formatNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

const LONGEST = 120;
const DEEPEST = 2;
const MOST_ITEMS = 16;
const MOST_KEYS = 5;

/** A short, one-line rendering of any value. It never throws, and its length is bounded. */
export function render(value: unknown): string {
  const text = renderUnbounded(value, 0).replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function renderUnbounded(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.slice(0, LONGEST));
    case "number":
      return formatNumber(value);
    case "bigint":
      // Printing a bigint of a million digits takes seconds.
      return BigInt.asIntN(64, value) === value ? `${value}n` : "a bigint beyond 64 bits";
    case "undefined":
    case "boolean":
      return String(value);
    case "symbol":
      return "a symbol";
    case "function":
      return "a function";
    case "object":
      return renderSafely(value, depth);
  }
}

/** Proxies and getters run foreign code, which may throw. */
function renderSafely(value: object | null, depth: number): string {
  if (value === null) return "null";
  try {
    return renderObject(value, depth);
  } catch {
    return "an object";
  }
}

function renderObject(value: object, depth: number): string {
  if (ArrayBuffer.isView(value)) {
    return `a ${Object.prototype.toString.call(value).slice("[object ".length, -1)} of ${value.byteLength} bytes`;
  }
  if (Array.isArray(value)) {
    if (depth >= DEEPEST) return "[…]";
    const length = Math.min(value.length, MOST_ITEMS);
    const shown = Array.from({ length }, (_, index) => renderUnbounded(value[index], depth + 1));
    return `[${shown.join(", ")}${value.length > length ? ", …" : ""}]`;
  }
  const keys: string[] = [];
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    if (keys.push(key.slice(0, LONGEST)) > MOST_KEYS) break;
  }
  if (keys.length === 0) return "{}";
  return `an object with ${keys.slice(0, MOST_KEYS).join(", ")}${keys.length > MOST_KEYS ? ", …" : ""}`;
}
