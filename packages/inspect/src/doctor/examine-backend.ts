import { render, type ArithmeticClass, type Backend, type Capabilities } from "@isoconv/core-spec";
import { classify, type Finding, measureArithmetic, probes } from "@isoconv/conformance";
import { keepBusy } from "./busy-network.js";

/** A backend to be examined. */
export interface Patient {
  readonly id: string;
  readonly create: () => Promise<Backend>;
}

export interface ExamineOptions {
  /** How many threads `create` asks for; absent when it leaves that to the runtime. */
  readonly threads?: number | undefined;
  /** Counts the threads that are busy while it waits for the work. */
  readonly countThreads?: ((work: () => Promise<void>) => Promise<number | undefined>) | undefined;
  /** Milliseconds after which a backend that has not started and answered yet is given up; 60,000 by default. */
  readonly timeLimit?: number | undefined;
}

export interface ThreadsFinding {
  /** `null` where the runtime chose. */
  readonly asked: number | null;
  /** What the backend says. */
  readonly reported: number;
  /** Threads found busy during a convolution; `null` where that cannot be seen. */
  readonly used: number | null;
}

/** What the numbers say that come back, whatever the backend declares. */
export interface ProbeFinding extends Finding {
  readonly probe: string;
}

export interface WorkingBackend {
  readonly backend: string;
  readonly available: true;
  readonly runtime: Capabilities["runtime"];
  readonly device: Capabilities["device"];
  /** To import, create and start it. */
  readonly startMilliseconds: number;
  readonly threads: ThreadsFinding;
  /** The arithmetic class as probed; `null` where the numbers fit none. */
  readonly arithmetic: ArithmeticClass | null;
  readonly probes: readonly ProbeFinding[];
}

export interface AbsentBackend {
  readonly backend: string;
  readonly available: false;
  /** Why it cannot run here and what to do. */
  readonly reason: string;
  /** What the runtime itself said, where the reason does not. */
  readonly cause: string | null;
}

export type BackendFinding = WorkingBackend | AbsentBackend;

const TIME_LIMIT = 60_000;

/** Creates a backend, measures what it is, and disposes it. A failure at any point is a finding, not an error. */
export async function examineBackend({ id, create }: Patient, options: ExamineOptions = {}): Promise<BackendFinding> {
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
    // One that comes too late is disposed, too; one that hangs is not waited for.
    await within(
      creating.then((backend) => backend.dispose()),
      "stop",
    ).catch(ignore);
    return { backend: id, available: false, ...whyNot(id, error) };
  }
}

/** Whether everything a backend declares of itself was found so. */
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

/** A runtime may hang, as where a worker's script never loads. All that it is waited for shares one deadline. */
function deadline(milliseconds: number): <T>(work: Promise<T>, what: string) => Promise<T> {
  const end = performance.now() + milliseconds;
  return (work, what) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`it did not ${what} within ${milliseconds / 1000} s`));
      const timer = setTimeout(giveUp, Math.max(0, end - performance.now()));
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
}

/** The reason has been given already. */
function ignore(): void {}

function whyNot(id: string, error: unknown): Pick<AbsentBackend, "reason" | "cause"> {
  const messages = messagesOf(error).map((text) => text.replace(/^BACKEND_UNAVAILABLE: /, "").replace(`${id}: `, ""));
  const reason = messages[0] ?? "";
  const cause = messages.at(-1) ?? "";
  return { reason, cause: reason.includes(cause) ? null : cause };
}

/** Of an error and its causes. Emscripten rejects with objects that are no errors. */
function messagesOf(error: unknown): readonly string[] {
  if (typeof error !== "object" || error === null) return [String(error)];
  const message: unknown = Reflect.get(error, "message");
  const text = typeof message === "string" ? message : render(error);
  return "cause" in error && error.cause !== undefined && error.cause !== null
    ? [text, ...messagesOf(error.cause)]
    : [text];
}
