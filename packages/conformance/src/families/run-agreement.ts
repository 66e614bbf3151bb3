import { fillNetwork, failed, type Judgement, passed } from "@isoconv/judge";
import type { AgreementCase } from "../plan/case.js";
import type { RunContext } from "./family.js";
import { History } from "./history/history.js";
import { describe } from "./history/step.js";

/** Compiles a case's network, takes it through its history, and compares every result with the oracle's. */
export async function runAgreement(testCase: AgreementCase, context: RunContext): Promise<Judgement> {
  const { history: steps } = testCase;
  const network = fillNetwork(testCase.network, context.capabilities);
  const before = memoryOf(context);
  const executable = await context.backend.compile(network.graph, network.parameters);
  const history = new History(testCase, network, executable, context);
  try {
    let shares: Judgement["shares"] = [];
    let held = "";
    for (const [index, step] of steps.entries()) {
      const judgement = await history.take(step);
      if (!judgement.passed) {
        // The first step is an ordinary run, so its failure does not depend on the history.
        const before = index === 0 ? "" : `, after ${describe(steps[index - 1])}`;
        const when = index === 0 ? "" : ` (step ${index + 1} of ${steps.length}: ${describe(step)}${before})`;
        return failed(`${judgement.reason ?? "disagrees"}${when}`, { shares: judgement.shares });
      }
      if (index === 0) held = memoryOf(context);
      // Elements of the case's own results; those of other batches have other indices.
      if (step.kind === "run" && step.data === "own" && step.items === undefined) shares = judgement.shares;
    }
    await history.close();
    const kept = memoryOf(context);
    // A runtime may allocate something once, in the first run.
    if (kept !== held) return failed(`memory() is ${kept} after the last run, ${held} after the first`, { shares });
    await executable.dispose();
    const left = memoryOf(context);
    if (left !== before) return failed(`memory() is ${left} after disposal, ${before} before`, { shares });
    return passed(shares);
  } finally {
    await history.close();
    await executable.dispose();
  }
}

function memoryOf({ backend }: RunContext): string {
  const { buffers, bytes } = backend.memory();
  return `${buffers} buffers, ${bytes} bytes`;
}
