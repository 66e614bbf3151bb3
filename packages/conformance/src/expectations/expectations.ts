import type { Expectation } from "../run/expectation.js";

/** What is known of the backends that come with isoconv, by id. */
export const expectations: Readonly<Record<string, readonly Expectation[]>> = Object.freeze({});

/** The expectations of a backend that comes with isoconv; none for any other. */
export function expectationsFor(id: string): readonly Expectation[] {
  return Object.hasOwn(expectations, id) ? (expectations[id] ?? []) : [];
}
