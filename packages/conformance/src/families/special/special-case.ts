import type { NetworkSpec } from "@isoconv/judge";

/** A case of the family: its name within the operation, and its network, whose name is the case id. */
export interface SpecialCase {
  readonly name: string;
  readonly network: (id: string) => NetworkSpec;
}
