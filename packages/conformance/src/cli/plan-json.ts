import type { Plan } from "../plan/plan.js";
import { spellNumber } from "../report/codec.js";

/** A plan as JSON text; NaN, ±∞ and −0 are strings. */
export function planToJson(plan: Plan): string {
  return JSON.stringify(plan, (_key, value: unknown) => (typeof value === "number" ? spellNumber(value) : value), 2);
}
