import { failed, fillNetwork, type Judgement, judgeNetwork, type OpShare, passed, worstByOp } from "@isoconv/judge";
import type { AgreementCase } from "../plan/case.js";
import type { RunContext } from "./family.js";

/** Compiles a case's network, runs it `runs` times, and compares every result with the oracle's. */
export async function runAgreement(testCase: AgreementCase, context: RunContext): Promise<Judgement> {
  const { backend, capabilities, memo, signal } = context;
  const network = fillNetwork(testCase.network, capabilities);
  const executable = await backend.compile(network.graph, network.parameters);
  try {
    const shares: OpShare[] = [];
    for (let run = 1; run <= testCase.runs; run += 1) {
      const results = await executable.run(network.feeds, { signal });
      const question = { key: testCase.id, network, exactly: testCase.exactly };
      const judgement = await judgeNetwork(question, results, capabilities, memo);
      shares.push(...judgement.shares);
      if (!judgement.passed) {
        const when = testCase.runs === 1 ? "" : ` (run ${run} of ${testCase.runs})`;
        return failed(`${judgement.reason ?? "disagrees"}${when}`, { shares: worstByOp(shares) });
      }
    }
    return passed(worstByOp(shares));
  } finally {
    await executable.dispose();
  }
}
