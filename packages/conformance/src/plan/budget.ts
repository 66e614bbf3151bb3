/** How much time a verdict may take. */
export type Budget = "quick" | "full" | "soak";

/** What a budget buys. */
export interface BudgetLimits {
  /** Strength of the covering arrays: every combination of this many attribute values occurs. */
  readonly strength: 2 | 3;
  /** Random graphs per operation, and as many of mixed operations again. */
  readonly propertyRuns: number;
  /** Networks run at their own size, or at a small one. */
  readonly models: "small" | "full";
}

export const budgets: Readonly<Record<Budget, BudgetLimits>> = Object.freeze({
  quick: { strength: 2, propertyRuns: 10, models: "small" },
  full: { strength: 3, propertyRuns: 100, models: "full" },
  soak: { strength: 3, propertyRuns: 2000, models: "full" },
});
