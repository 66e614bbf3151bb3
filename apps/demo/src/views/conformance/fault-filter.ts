import type { FamilyName } from "@isoconv/conformance";
import type { Fault } from "@isoconv/conformance/faults";

/** Families whose cases belong to one operation each. */
const OF_ONE_OP: ReadonlySet<FamilyName> = new Set(["exact", "matrix", "special", "relation", "property", "error"]);

/** A filter of the cases that should find a fault: its families, of its operations where they are of one. */
export function faultFilter({ ops, killedBy }: Pick<Fault, "ops" | "killedBy">): string {
  // Whole networks take long, and find nothing of a single operation that the rest does not.
  const families = killedBy.filter((family) => family !== "model" || ops.length > 1);
  return families.flatMap((family) => globsOf(family, ops)).join(" ");
}

function globsOf(family: FamilyName, ops: Fault["ops"]): readonly string[] {
  if (!OF_ONE_OP.has(family)) return [`${family}/**`];
  const own = (ops.length === 0 ? ["*"] : ops).map((op) => `op/${op}/${family}**`);
  if (family === "relation" || family === "property") return [...own, `graph/${family}**`];
  return family === "error" ? [...own, "error/**"] : own;
}
