import type { FamilyName } from "@isoconv/conformance";
import type { Fault } from "@isoconv/conformance/faults";

/** Families in which each case tests one operation. */
const OF_ONE_OP: ReadonlySet<FamilyName> = new Set(["exact", "matrix", "special", "relation", "property", "error"]);

/** A filter for the cases that should find a fault: its families, limited to its operations where possible. */
export function faultFilter({ ops, killedBy }: Pick<Fault, "ops" | "killedBy">): string {
  // Whole networks are slow and find no fault of a single operation that the other families miss.
  const families = killedBy.filter((family) => family !== "model" || ops.length > 1);
  return families.flatMap((family) => globsOf(family, ops)).join(" ");
}

function globsOf(family: FamilyName, ops: Fault["ops"]): readonly string[] {
  if (!OF_ONE_OP.has(family)) return [`${family}/**`];
  const own = (ops.length === 0 ? ["*"] : ops).map((op) => `op/${op}/${family}**`);
  if (family === "relation" || family === "property") return [...own, `graph/${family}**`];
  return family === "error" ? [...own, "error/**"] : own;
}
