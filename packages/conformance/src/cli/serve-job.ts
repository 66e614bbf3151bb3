import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { isIsoconvError } from "@isoconv/core-spec";
import { caseResultCodec } from "../report/report-codec.js";
import { runCases } from "../run/run-cases.js";
import { openSession } from "../run/session.js";
import { openTarget, type TestedModule } from "./conformance-target.js";
import { takeTurns, type Job, type JobMessage, type JobTarget } from "./jobs.js";

/** Waits for a job in a thread that `startThreads` started, and runs its cases until none is left. */
export async function serveJob(find: (id: string) => Promise<TestedModule>): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const post = (message: JobMessage): void => port.postMessage(message);
  const { target, threads } = workerData as JobTarget;
  const [job] = (await once(port, "message")) as [Job];
  try {
    const session = await openSession(job.plan.budget, await openTarget(target, find, threads));
    const { backend, capabilities } = session;
    post({ kind: "open", backend, capabilities });
    await runCases(session, takeTurns(job), (result, milliseconds) =>
      post({ kind: "result", result: caseResultCodec.write(result), milliseconds }),
    );
    await session.close();
  } catch (error) {
    if (!isIsoconvError(error)) throw error;
    post({ kind: "unavailable", reason: error.message });
  }
  // A port with a listener keeps its thread alive.
  port.close();
}
