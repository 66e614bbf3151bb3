import { opNames, type OpName } from "@isoconv/core-spec";

/** The purpose of a backend. There is only inference so far. */
export type ProfileName = "inference";

export interface Profile {
  readonly name: ProfileName;
  /** The operations it needs. */
  readonly ops: readonly OpName[];
}

export const profiles: Readonly<Record<ProfileName, Profile>> = Object.freeze({
  inference: { name: "inference", ops: opNames },
});
