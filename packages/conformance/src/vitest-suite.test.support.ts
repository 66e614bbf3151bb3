import { createBackend } from "@isoconv/backend-reference";
import { IsoconvError, type Backend } from "@isoconv/core-spec";
import { faultyBackend, samplePlan } from "./report/sample-plan.test.support.js";
import type { Expectation } from "./run/expectation.js";
import { describeConformance } from "./vitest.js";

const plan = samplePlan();
const known = { reason: "known", link: "https://example.org" } as const;
const expectations: readonly Expectation[] = [
  { kind: "xfail", cases: "op/relu/**", fails: "got", ...known },
  { kind: "skip", cases: "op/conv2d/**", ...known, reason: "hangs" },
  { kind: "xfail", cases: "op/maxPool2d/**", fails: "got", ...known },
  { kind: "skip", cases: "nothing", ...known },
];

/** A backend that declares softmax unsupported. */
async function withoutSoftmax(): Promise<Backend> {
  const backend = await faultyBackend("relu");
  const softmax = { unsupported: "not yet", issue: "https://example.org" };
  return {
    ...backend,
    capabilities: { ...backend.capabilities, ops: { ...backend.capabilities.ops, softmax } },
    compile: async (graph, ...rest) => {
      if (graph.nodes.some(({ op }) => op === "softmax")) throw new IsoconvError("UNSUPPORTED", { what: "not yet" });
      return backend.compile(graph, ...rest);
    },
  };
}

describeConformance({ name: "good", create: createBackend, plan });
describeConformance({ name: "bad", create: () => faultyBackend("relu"), plan });
describeConformance({ name: "expectations", create: withoutSoftmax, plan, expectations });
