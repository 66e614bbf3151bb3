import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { bindShape, elementCount, IsoconvError, type Capabilities } from "@isoconv/core-spec";
import type { Case } from "../plan/case.js";
import type { Plan } from "../plan/plan.js";
import { caseResultCodec } from "../report/report-codec.js";
import type { Report } from "../report/report.js";
import { summarise } from "../report/summarise.js";
import { Results } from "../run/run-cases.js";
import type { ConformanceOptions } from "../run/run-conformance.js";

/** What a thread runs cases on. */
export interface JobTarget {
  /** The backend, as `openTarget` takes it. */
  readonly target: string;
  readonly threads: number | undefined;
}

/** What a thread is sent. */
export interface Job {
  readonly plan: Plan;
  /** Two 32-bit integers: the number of shared cases that have been taken, and 1 once the run stops. */
  readonly state: SharedArrayBuffer;
  readonly isFirst: boolean;
}

/** What a thread posts. A result is JSON of its codec. */
export type JobMessage =
  | { readonly kind: "open"; readonly backend: string; readonly capabilities: Capabilities }
  | { readonly kind: "result"; readonly result: unknown; readonly milliseconds: number }
  | { readonly kind: "unavailable"; readonly reason: string };

/** A thread that waits for its job. */
export interface JobThread {
  readonly worker: Worker;
  /** Rejects with what the thread throws. */
  readonly end: Promise<unknown>;
}

/** Drawn tensors live as long as a case. With V8's usual limit of 16 MB most of them are copied before they die. */
const YOUNG_GENERATION_MEGABYTES = 96;

/** Starts threads, which load their modules while this one plans. */
export function startThreads(script: URL, count: number, target: JobTarget): readonly JobThread[] {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES };
  return Array.from({ length: count }, () => {
    const worker = new Worker(script, { workerData: target, resourceLimits });
    const end = once(worker, "exit");
    // `runJobs` awaits it. Until then a rejection would be unhandled.
    end.catch(() => undefined);
    return { worker, end };
  });
}

/** Ends threads that have no job or have done it. */
export async function stopThreads(threads: readonly JobThread[]): Promise<void> {
  await Promise.all(threads.map(({ worker }) => worker.terminate()));
}

type JobsOptions = Omit<ConformanceOptions, "create" | "signal" | "timeout" | "memo">;
type Opened = Extract<JobMessage, { kind: "open" }>;

/** The places of a job's state. */
const [TAKEN, IS_STOPPED] = [0, 1];

/** More elements than this are 64 MB of parameters and inputs. */
const MANY_ELEMENTS = 2 ** 24;

/** Whether only the first thread takes a case: probes are printed first, and two large cases at once need twice the memory. */
function isForFirst(testCase: Case): boolean {
  if (testCase.family === "probe" || testCase.family === "model") return true;
  if (!("network" in testCase)) return false;
  const { graph, batch } = testCase.network;
  const shapes = [...graph.parameters, ...graph.inputs].map(({ shape }) => bindShape(shape, batch));
  return shapes.reduce((sum, shape) => sum + elementCount(shape), 0) > MANY_ELEMENTS;
}

/** Gives the cases of a job: its own first, and then those that all threads share, one to each that asks. */
export function takeTurns({ plan, state, isFirst }: Job): () => Case | undefined {
  const shared = plan.cases.filter((each) => !isForFirst(each));
  const own = (isFirst ? plan.cases.filter(isForFirst) : []).values();
  const counts = new Int32Array(state);
  return () => {
    if (Atomics.load(counts, IS_STOPPED) === 1) return undefined;
    return own.next().value ?? shared[Atomics.add(counts, TAKEN, 1)];
  };
}

/**
 * Runs a plan in threads, each with a backend of its own, as `runConformance` does in this one. Results arrive in another
 * order; the report has the plan's.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` if the backend does not start in a thread
 */
export async function runJobs(plan: Plan, options: JobsOptions, threads: readonly JobThread[]): Promise<Report> {
  const results = new Results(plan, options.stopAtFirstFailure);
  const state = new SharedArrayBuffer(8);
  const stop = (): void => void Atomics.store(new Int32Array(state), IS_STOPPED, 1);
  const opened: Opened[] = [];
  const reasons: string[] = [];
  const onMessage = (message: JobMessage): void => {
    switch (message.kind) {
      case "open":
        opened.push(message);
        break;
      case "unavailable":
        reasons.push(message.reason);
        stop();
        break;
      case "result": {
        const result = caseResultCodec.read(message.result, "result");
        results.add(result);
        if (results.isStopped) stop();
        options.onResult?.(result, message.milliseconds);
      }
    }
  };
  for (const [index, { worker, end }] of threads.entries()) {
    worker.on("message", onMessage);
    worker.postMessage({ plan, state, isFirst: index === 0 } satisfies Job, []);
    end.catch(stop);
  }
  // Ending a thread during a run ends the process with some native runtimes, so every thread finishes its case.
  const ends = await Promise.allSettled(threads.map(({ end }) => end));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const [first] = opened;
  if (first === undefined || reasons.length > 0) {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      path: "--jobs",
      what: `the backend does not start in a thread: ${reasons[0] ?? "the thread ended"}`,
      hint: "--jobs 1 runs all cases in the command's own thread",
    });
  }
  return summarise(first.backend, first.capabilities, plan, options.expectations ?? [], results.all(), options);
}
