import { opNames, type OpName } from "@isoconv/core-spec";

/** What a backend claims to be fit for. Training is to come. */
export type ProfileName = "inference";

export interface Profile {
  readonly name: ProfileName;
  /** The operations it takes. */
  readonly ops: readonly OpName[];
}

export const profiles: Readonly<Record<ProfileName, Profile>> = Object.freeze({
  inference: { name: "inference", ops: opNames },
});
