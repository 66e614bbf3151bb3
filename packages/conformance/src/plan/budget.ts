/** The size of a plan. */
export type Budget = "quick" | "full" | "soak";

/** The limits of a budget. */
export interface BudgetLimits {
  /** The strength of the covering arrays: every combination of this many attribute values occurs. */
  readonly strength: 2 | 3;
  /** The number of random graphs per operation, and per case of mixed operations. */
  readonly propertyRuns: number;
  /** The number of random programs per case of the family `state`. */
  readonly statePrograms: number;
  /** Whether networks run at their published size or at a reduced one. */
  readonly models: "small" | "full";
}

export const budgets: Readonly<Record<Budget, BudgetLimits>> = Object.freeze({
  quick: { strength: 2, propertyRuns: 10, statePrograms: 20, models: "small" },
  full: { strength: 3, propertyRuns: 100, statePrograms: 200, models: "full" },
  soak: { strength: 3, propertyRuns: 2000, statePrograms: 2000, models: "full" },
});
