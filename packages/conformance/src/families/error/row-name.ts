/** A value as part of a case id: `[1, NaN]` becomes `list-1-nan`, `"same"` becomes `text-same`. */
export function rowName(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "list-empty" : `list-${value.map(rowName).join("-")}`;
  switch (typeof value) {
    case "number":
      return numberName(value);
    case "string":
      return value === "" ? "text-empty" : `text-${value.replaceAll(" ", "_")}`;
    case "object":
      return value === null ? "null" : "object";
    default:
      return String(value);
  }
}

function numberName(value: number): string {
  if (Number.isNaN(value)) return "nan";
  const size = Math.abs(value) === Infinity ? "infinity" : String(Math.abs(value)).replace("+", "");
  return value < 0 ? `minus${size}` : size;
}
