import { abort } from "./abort.js";
import { arrays } from "./arrays.js";
import { concurrency } from "./concurrency.js";
import { everyOp } from "./every-op.js";
import { identity } from "./identity.js";
import { lifetime } from "./lifetime.js";
import { many } from "./many.js";
import { memory } from "./memory.js";
import { ownership } from "./ownership.js";
import type { Contract } from "./promise.js";
import { results } from "./results.js";
import { signals } from "./signals.js";
import { weights } from "./weights.js";

/** Every contract of the `Backend` interface that can be observed from outside. */
export const contracts = {
  ...identity,
  ...lifetime,
  ...results,
  ...ownership,
  ...arrays,
  ...weights,
  ...concurrency,
  ...many,
  ...abort,
  ...signals,
  ...memory,
  ...everyOp,
} satisfies Record<string, Contract>;

export type ContractName = keyof typeof contracts;
