import { benchToJson, modelSubjects, opSubjects, renderBenchMarkdown, runBench } from "@isoconv/inspect";
import { IsoconvError } from "@isoconv/core-spec";
import { createBackend } from "../../engine/create-backend.js";
import type { Handlers } from "../../engine/serve.js";
import { browserMachine } from "../../parts/browser-machine.js";

const SEED = 1;

const subjects = () => [
  ...opSubjects({ batch: 1, seed: SEED }),
  ...modelSubjects({ batch: 1, seed: SEED, size: "small" }),
];

export const benchSubjects: Handlers["benchSubjects"] = async () =>
  subjects().map(({ kind, name }) => ({ kind, name }));

export const bench: Handlers["bench"] = async ({ backends, base, subject: name, rounds }, { signal, tell }) => {
  const subject = subjects().find((each) => each.name === name);
  if (subject === undefined) {
    throw new IsoconvError("INVALID_ATTRIBUTE", { path: "subject", what: "nothing of that name", received: name });
  }
  const report = await runBench({
    subjects: [subject],
    backends: backends.map((id) => ({ id, create: () => createBackend(id, base) })),
    rounds,
    seed: SEED,
    machine: browserMachine(navigator),
    onSession: (done, sessions) => tell({ done, sessions }),
    signal,
  });
  return { report, json: benchToJson(report), markdown: renderBenchMarkdown(report) };
};
