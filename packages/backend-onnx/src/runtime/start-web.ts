import { IsoconvError, messageOf, peerUnavailable, startWasm } from "@isoconv/core-spec";
import type { OnnxWebOptions } from "./options.js";
import type { Ort } from "./ort.js";
import { webPeer } from "./peers.js";

/** A start of `onnxruntime-web`'s module, with its first session. */
export interface WebStart<T> {
  readonly ort: Ort;
  /** The build's file of WebAssembly, in the package's folder `dist`. */
  readonly file: string;
  readonly options: OnnxWebOptions;
  /** Creates the session. */
  readonly start: () => Promise<T>;
  /** Frees what was started too late. */
  readonly discard?: (late: T) => unknown;
}

export interface WebStarted<T> {
  readonly started: T;
  /** For `Capabilities.notes`; absent if there is nothing to say. */
  readonly notes: readonly string[] | undefined;
}

/** What the start of a module of the runtime has shown. */
interface History {
  /** Why it has one thread. */
  lost?: string;
  remarks: readonly string[];
  /** Why it failed: the runtime does not start a second time. */
  failure?: IsoconvError;
}

const histories = new WeakMap<Ort["env"], History>();

/** Whether the runtime could not start the threads that it was to have. */
export function hasLostThreads({ env }: Ort): boolean {
  return histories.get(env)?.lost !== undefined;
}

/**
 * Starts the module in WebAssembly, with one thread if its workers do not run.
 *
 * @throws IsoconvError `BACKEND_UNAVAILABLE` with the cause
 */
export async function startWeb<T>({ ort, file, options, start, discard }: WebStart<T>): Promise<WebStarted<T>> {
  const { env } = ort;
  const history = histories.get(env) ?? { remarks: [] };
  histories.set(env, history);
  const lose = (reason: string): void => {
    env.wasm.numThreads = 1;
    history.lost = `one thread: ${reason}`;
  };
  // The runtime needs its script's address for its workers, and fails without.
  if (!import.meta.url && Number(env.wasm.numThreads) > 1) lose("a bundler removed the address of its script");
  // The program may have set an address itself.
  if (options.wasmPaths !== undefined) env.wasm.wasmPaths = { wasm: `${options.wasmPaths}${file}` };
  const { started, remarks } = await startWasm(
    {
      what: webPeer.name,
      options,
      isThread,
      onLost: lose,
      explain: (cause, problem) => explain(cause, problem, file, history),
      ...(discard === undefined ? {} : { discard }),
    },
    start,
  );
  history.remarks = [...new Set([...history.remarks, ...remarks])];
  const notes = [...(history.lost === undefined ? [] : [history.lost]), ...history.remarks];
  return { started, notes: notes.length === 0 ? undefined : notes };
}

function isThread(_url: string, name: string): boolean {
  return name === "em-pthread";
}

/** The runtime's words when its module did not start; it repeats them at the next attempt. */
const NOT_STARTED = /no available backend found|previous call to '/;
const WITHOUT_ADDRESS = /cannot determine the script source URL|invalid url|failed to construct 'URL'/i;

async function explain(
  cause: unknown,
  problem: string | undefined,
  file: string,
  history: History,
): Promise<IsoconvError> {
  const error = await causeOf(cause, problem, file);
  if (!NOT_STARTED.test(messageOf(cause))) return error;
  if (history.failure === undefined) {
    history.failure = error;
    return error;
  }
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `${webPeer.name} failed to start before, and does not start twice in one thread: ${withoutCode(history.failure)}`,
    hint: "Remove the cause, then reload the page or use a new worker",
    cause: history.failure,
  });
}

async function causeOf(cause: unknown, problem: string | undefined, file: string): Promise<IsoconvError> {
  const serve = `Copy node_modules/${webPeer.name}/dist/${file} into a folder that the page serves, and name that folder as wasmPaths`;
  if (problem !== undefined) {
    const what = `${webPeer.name} did not start: ${problem}`;
    return new IsoconvError("BACKEND_UNAVAILABLE", { what, hint: serve, cause });
  }
  if (WITHOUT_ADDRESS.test(messageOf(cause))) {
    const what = `${webPeer.name} does not find its WebAssembly file: a bundler removed the address of its script`;
    const hint = `${serve}; or bundle as ES modules (esbuild --format=esm)`;
    return new IsoconvError("BACKEND_UNAVAILABLE", { what, hint, cause });
  }
  return peerUnavailable(webPeer, cause);
}

function withoutCode({ message }: IsoconvError): string {
  return message.replace(/^BACKEND_UNAVAILABLE: /, "");
}
