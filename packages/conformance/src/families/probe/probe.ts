import { failed, passed } from "@isoconv/judge";
import type { ProbeCase } from "../../plan/case.js";
import type { Family } from "../family.js";
import { probes, type ProbeName } from "./probes.js";

/** Measures the declared capabilities. */
export const probe: Family<ProbeCase> = {
  plan: () =>
    (Object.keys(probes) as ProbeName[]).map((name) => ({
      id: `probe/${name}`,
      family: "probe",
      ops: probes[name].ops,
      probe: name,
    })),
  run: async (testCase, { backend, capabilities }) => {
    const { agrees, declared, measured } = await probes[testCase.probe].measure(backend, capabilities);
    return agrees ? { ...passed(), measured } : failed(`declared ${declared}; measured ${measured}`, { measured });
  },
};
