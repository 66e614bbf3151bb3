import { abort } from "./abort.js";
import { concurrency } from "./concurrency.js";
import { identity } from "./identity.js";
import { lifetime } from "./lifetime.js";
import { memory } from "./memory.js";
import { ownership } from "./ownership.js";
import type { Contract } from "./promise.js";
import { results } from "./results.js";

/** Every contract of the `Backend` interface that can be observed from outside. */
export const contracts = {
  ...identity,
  ...lifetime,
  ...results,
  ...ownership,
  ...concurrency,
  ...abort,
  ...memory,
} satisfies Record<string, Contract>;

export type ContractName = keyof typeof contracts;
