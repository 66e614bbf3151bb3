import type { Crash } from "./examine-apart.js";
import { examine, type Examination } from "./examination.js";

/** The process that `examineApart` starts: one examination, whose finding is sent to the parent. */
process.once("message", (examination: Examination) => void answer(examination));

async function answer(examination: Examination): Promise<void> {
  const finding = await examine(examination).catch(crashOf);
  // Exits only after the finding was sent, since native libraries may crash or hang during teardown.
  process.send?.(finding, undefined, undefined, () => process.exit());
}

function crashOf(error: unknown): Crash {
  return { crash: `it failed: ${error instanceof Error ? error.message : String(error)}` };
}
