import {
  checkOptions,
  optionChecks,
  render,
  type ArithmeticClass,
  type Backend,
  type Capabilities,
  type KnownOptions,
} from "@isoconv/core-spec";
import { classify, type Finding, measureArithmetic, probes } from "@isoconv/conformance";
import { keepBusy } from "./busy-network.js";

/** A backend to examine. */
export interface Patient {
  readonly id: string;
  readonly create: () => Promise<Backend>;
}

export interface ExamineOptions {
  /** How many threads `create` requests; absent if the runtime chooses. */
  readonly threads?: number | undefined;
  /** Counts the busy threads while it waits for the work. */
  readonly countThreads?: ((work: () => Promise<void>) => Promise<number | undefined>) | undefined;
  /**
   * The time in milliseconds after which a backend that has not started and answered is given up; 60,000 by default.
   */
  readonly timeLimit?: number | undefined;
}

export interface ThreadsFinding {
  /** `null` if the runtime chose. */
  readonly asked: number | null;
  /** The number that the backend reports. */
  readonly reported: number;
  /** Threads found busy during a convolution; `null` if they cannot be counted. */
  readonly used: number | null;
}

/** The measured arithmetic, independent of what the backend declares. */
export interface ProbeFinding extends Finding {
  readonly probe: string;
}

export interface WorkingBackend {
  readonly backend: string;
  readonly available: true;
  readonly runtime: Capabilities["runtime"];
  readonly device: Capabilities["device"];
  /** Milliseconds to import, create and start it. */
  readonly startMilliseconds: number;
  readonly threads: ThreadsFinding;
  /** The measured arithmetic class; `null` if the numbers match no class. */
  readonly arithmetic: ArithmeticClass | null;
  readonly probes: readonly ProbeFinding[];
}

export interface AbsentBackend {
  readonly backend: string;
  readonly available: false;
  /** Why it cannot run here and what to do. */
  readonly reason: string;
  /** The runtime's own messages that the reason does not contain. */
  readonly cause: string | null;
}

export type BackendFinding = WorkingBackend | AbsentBackend;

const TIME_LIMIT = 60_000;
const OPTIONS: KnownOptions<ExamineOptions> = {
  known: {
    threads: optionChecks.count,
    countThreads: optionChecks.function,
    timeLimit: optionChecks.milliseconds,
  },
};

/**
 * Creates a backend, measures it and disposes it. A failure at any point is a finding, not an error.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option
 */
export async function examineBackend({ id, create }: Patient, options: ExamineOptions = {}): Promise<BackendFinding> {
  checkOptions(options, OPTIONS, { op: "examineBackend" });
  const { timeLimit = TIME_LIMIT } = options;
  const start = performance.now();
  const within = deadline(timeLimit);
  const creating = Promise.resolve().then(create);
  try {
    const backend = await within(creating, "start");
    const startMilliseconds = performance.now() - start;
    const measured = await within(measure(backend, options), "answer");
    await within(backend.dispose(), "stop");
    return { backend: id, available: true, startMilliseconds, ...measured };
  } catch (error) {
    // A backend that starts too late is disposed too; one that hangs is not waited for.
    await within(
      creating.then((backend) => backend.dispose()),
      "stop",
    ).catch(ignore);
    return { backend: id, available: false, ...whyNot(id, error) };
  }
}

/** Whether all measurements match what a backend declares. */
export function isAsDeclared({ probes: found }: Pick<WorkingBackend, "probes">): boolean {
  return found.every(({ agrees }) => agrees);
}

async function measure(
  backend: Backend,
  { threads: asked, countThreads }: ExamineOptions,
): Promise<Omit<WorkingBackend, "backend" | "available" | "startMilliseconds">> {
  const { runtime, device, threads } = backend.capabilities;
  const measured = await examineArithmetic(backend);
  const used = (countThreads && (await keepBusy(backend, countThreads))) ?? null;
  return { runtime, device, threads: { asked: asked ?? null, reported: threads, used }, ...measured };
}

async function examineArithmetic(backend: Backend): Promise<Pick<WorkingBackend, "arithmetic" | "probes">> {
  const { capabilities } = backend;
  const found: ProbeFinding[] = [];
  for (const probe of ["arithmetic", "subnormals", "non-finite", "conv-algorithm"] as const) {
    found.push({ probe, ...(await probes[probe].measure(backend, capabilities)) });
  }
  return { arithmetic: classify(await measureArithmetic(backend)) ?? null, probes: found };
}

/** A runtime may hang, for example if a worker's script cannot be loaded. All steps share one deadline. */
function deadline(milliseconds: number): <T>(work: Promise<T>, what: string) => Promise<T> {
  const end = performance.now() + milliseconds;
  return (work, what) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`it did not ${what} within ${milliseconds / 1000} s`));
      const timer = setTimeout(giveUp, Math.max(0, end - performance.now()));
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
}

/** Ignored: the finding already contains the reason. */
function ignore(): void {}

function whyNot(id: string, error: unknown): Pick<AbsentBackend, "reason" | "cause"> {
  const messages = messagesOf(error).map((text) => text.replace(/^BACKEND_UNAVAILABLE: /, "").replace(`${id}: `, ""));
  const reason = messages[0] ?? "";
  const cause = messages.at(-1) ?? "";
  return { reason, cause: reason.includes(cause) ? null : cause };
}

/** The messages of an error and its causes. Emscripten rejects with objects that are not errors. */
function messagesOf(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [String(error)];
  const message: unknown = Reflect.get(error, "message");
  const text = typeof message === "string" ? message : render(error);
  return "cause" in error && error.cause !== undefined && error.cause !== null
    ? [text, ...messagesOf(error.cause)]
    : [text];
}
