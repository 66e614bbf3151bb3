import { createBackend } from "@isoconv/backend-reference";
import { expect, test } from "vitest";
import { modelSubjects } from "./bench/model-subjects.js";
import { opSubjects } from "./bench/op-subjects.js";
import { runBench } from "./bench/run-bench.js";
import { findDivergence } from "./diff/find-divergence.js";
import { examineBackend } from "./doctor/examine-backend.js";

const patient = { id: "reference", create: createBackend };

test.each<[string, (options: never) => unknown, object, RegExp]>([
  ["runBench", runBench, { round: 3 }, /options.round: .*Did you mean "rounds"/],
  ["runBench", runBench, { rounds: "3" }, /options.rounds: .*an integer ≥ 1, got "3"/],
  ["modelSubjects", async (options) => modelSubjects(options), { size: "big" }, /"small" or "full", got "big"/],
  ["opSubjects", async (options) => opSubjects(options), { seeds: 1 }, /Did you mean "seed"/],
  ["findDivergence", findDivergence, { feed: {} }, /Did you mean "feeds"/],
  ["examineBackend", (options) => examineBackend(patient, options), { timelimit: 1 }, /Did you mean "timeLimit"/],
])("%s refuses wrong options", async (_name, call, options, message) => {
  const refused = Promise.resolve().then(() => call(options as never));
  await expect(refused).rejects.toMatchObject({ code: "INVALID_ATTRIBUTE" });
  await expect(refused).rejects.toThrow(message);
});
