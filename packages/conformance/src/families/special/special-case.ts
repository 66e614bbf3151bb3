import type { NetworkSpec } from "@isoconv/judge";

/** One case of the family: its name within the operation, and its network named after the case's id. */
export interface SpecialCase {
  readonly name: string;
  readonly network: (id: string) => NetworkSpec;
}
