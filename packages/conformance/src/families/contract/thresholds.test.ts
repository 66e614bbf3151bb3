import { expect, it } from "vitest";
import {
  cachesByIdentity,
  ignoresOffsets,
  keepsResultsFrom,
  parametersLateFrom,
  readsLateFrom,
} from "./array-faults.test.support.js";
import { broken, contextOf, type Fault } from "./broken-backend.test.support.js";
import { watch } from "./contract.js";
import { contracts, type ContractName } from "./contracts.js";
import { leakWhere, mostLive, remembers, wrongFromRun } from "./state-faults.test.support.js";

/** Faults that begin at a threshold, and the contract that finds each. */
const faults: readonly (readonly [
  what: string,
  ContractName,
  fault: (threshold: number) => Fault,
  readonly number[],
])[] = [
  ["the live executable from which on the first one runs", "many-live-executables", mostLive, [8, 15, 16, 31, 32]],
  ["the run from which on results are wrong", "many-runs", wrongFromRun, [2, 8, 17, 33, 40]],
  [
    "the elements from which on results are not copied",
    "large-arrays-are-copied",
    keepsResultsFrom,
    [1e4, 2 ** 18, 2 ** 20],
  ],
  ["the elements from which on feeds are read late", "large-arrays-are-copied", readsLateFrom, [1e4, 2 ** 18, 2 ** 20]],
  [
    "the elements from which on parameters are read late",
    "large-arrays-are-copied",
    parametersLateFrom,
    [1e4, 2 ** 18, 2 ** 20],
  ],
  [
    "the alignment below which offsets are ignored",
    "views-are-read-where-they-begin",
    ignoresOffsets,
    [8, 16, 64, 256],
  ],
  ["the elements from which on arrays are cached", "arrays-may-be-reused", cachesByIdentity, [1, 16, 64]],
  [
    "the batch whose runs leak",
    "every-op-leaks-nothing",
    (batch) => leakWhere((_real, feeds) => Object.values(feeds)[0]?.shape[0] === batch),
    [1, 2, 33],
  ],
  [
    "the place of the operand that is remembered",
    "weights-may-be-inputs",
    (place) => remembers((name, feeds) => Object.keys(feeds)[place] === name),
    [0, 1, 2, 3, 4],
  ],
];

it.each(
  faults.flatMap(([what, name, fault, thresholds]) =>
    thresholds.map((threshold) => [what, threshold, name, fault] as const),
  ),
)("%s: %d, is caught by %s", async (_what, threshold, name, fault) => {
  const { passed, reason } = await watch(contracts[name], await contextOf(broken(() => fault(threshold))));
  expect(passed).toBe(false);
  expect(reason).toContain(contracts[name].promise);
});
