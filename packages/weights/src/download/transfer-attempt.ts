import { rangeHeaders } from "#range-headers";
import { checkAborted, type IsoconvError } from "@isoconv/core-spec";
import { recogniseFile, START_BYTES, type FileKindName } from "../file-kind.js";
import type { ReadObserver } from "../source/byte-source.js";
import { contentRange, isSameVersion, versionOf } from "./answer-headers.js";
import { codeOf, downloadFailed, reasonOf } from "./download-failed.js";
import { retryAfter } from "./download-policy.js";
import { UNKNOWN_VERSION, type Sink } from "./sink.js";
import { watchIdle, type IdleWatch } from "./watch-idle.js";

/** What is downloaded. */
export interface TransferRequest extends ReadObserver {
  /** The file's name, for messages. */
  readonly name: string;
  readonly address: URL;
  readonly idleMilliseconds: number;
  /** The kinds of files that are an error message in place of the file. */
  readonly refused: readonly FileKindName[];
}

/** How an attempt ended: with the whole file, or in a way that another attempt may do better. */
export type AttemptOutcome = { readonly isComplete: true } | AttemptFailure;

interface AttemptFailure {
  readonly isComplete: false;
  readonly why: string;
  /** How long the server asks to wait. */
  readonly waitMilliseconds?: number | undefined;
}

/**
 * Asks for the file, or for the rest of it if part of this version is there, and writes what comes.
 *
 * @throws IsoconvError `DOWNLOAD_FAILED` if another attempt would fail too, `INVALID_FILE` if it does not fit the
 *   memory, `ABORTED`
 */
export async function attemptTransfer(request: TransferRequest, sink: Sink): Promise<AttemptOutcome> {
  const { address, idleMilliseconds, signal } = request;
  const watch = watchIdle(idleMilliseconds, signal);
  try {
    const { validator } = sink.version;
    const headers = sink.length > 0 && validator !== undefined ? rangeHeaders(sink.length, validator) : {};
    const answer = await settle(fetch(address, { headers, signal: watch.signal }));
    if ("error" in answer) return connectionFailure(answer.error, request, watch);
    watch.touch();
    const refusal = await openAnswer(request, answer.value, sink);
    if (refusal === undefined) return await writeBody(request, answer.value, sink, watch);
    await answer.value.body?.cancel().catch(() => undefined);
    return refusal;
  } finally {
    watch.stop();
  }
}

/** Prepares the sink for the answer's body. Returns an outcome if there is no body to write. */
async function openAnswer(
  { name }: TransferRequest,
  response: Response,
  sink: Sink,
): Promise<AttemptOutcome | undefined> {
  const { status, headers } = response;
  const range = contentRange(headers.get("content-range"));
  if (status === 206) {
    const isRest = sink.length > 0 && range?.begin === sink.length;
    if (isRest && isSameVersion(sink.version, { ...versionOf(headers), total: range.total })) return undefined;
    await sink.restart(UNKNOWN_VERSION);
    return failure("the file has changed since its first part came");
  }
  if (status === 416) {
    await sink.restart(UNKNOWN_VERSION);
    return failure("the server has fewer bytes than have come");
  }
  if (response.ok) {
    await sink.restart(versionOf(headers));
    return undefined;
  }
  const answered = `the server answered ${`${status} ${response.statusText}`.trim()}`;
  if (!TRANSIENT.has(status)) throw downloadFailed(name, answered, { hint: HINTS[status] ?? "Check the address" });
  return { ...failure(answered), waitMilliseconds: retryAfter(headers.get("retry-after"), Date.now()) };
}

/** Answers that may be better at another time. */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

const HINTS: Readonly<Record<number, string>> = {
  401: "The server wants a login: download the file with a browser, and read it from there",
  403: "The server refuses to give the file: check the address, or download it with a browser",
};

async function writeBody(
  request: TransferRequest,
  response: Response,
  sink: Sink,
  watch: IdleWatch,
): Promise<AttemptOutcome> {
  const { total } = sink.version;
  const reader = response.body?.getReader();
  let isJudged = false;
  try {
    for (;;) {
      if (reader === undefined) break;
      const piece = await settle(reader.read());
      if ("error" in piece) return connectionFailure(piece.error, request, watch);
      if (piece.value.done) break;
      watch.touch();
      await sink.write(piece.value.value);
      if (total !== undefined && sink.length > total) await refuse(sink, tooLong(request.name, sink.length, total));
      if (!isJudged && sink.length >= START_BYTES) {
        isJudged = true;
        await checkStart(request, sink);
      }
      request.onProgress?.(sink.length, total);
      checkAborted(request.signal);
    }
  } catch (error) {
    await reader?.cancel(error).catch(() => undefined);
    throw error;
  }
  if (total !== undefined && sink.length < total) return failure(`${sink.length} of ${total} bytes came`);
  await checkStart(request, sink);
  return { isComplete: true };
}

function tooLong(name: string, received: number, total: number): IsoconvError {
  return downloadFailed(name, "more bytes came", { expected: `the ${total} bytes that the server said`, received });
}

/** @throws IsoconvError `DOWNLOAD_FAILED` for a page or a message in place of the file */
async function checkStart({ name, refused }: TransferRequest, sink: Sink): Promise<void> {
  const kind = recogniseFile(sink.start);
  if (kind === undefined || !refused.includes(kind.name)) return;
  const sent = kind.name === "empty" ? "nothing" : kind.title;
  const hint = kind.advice ?? "Check the address";
  await refuse(sink, downloadFailed(name, `the server sent ${sent} in its place`, { hint }));
}

/** What came is no part of the file: nothing may go on from it. */
async function refuse(sink: Sink, error: IsoconvError): Promise<never> {
  await sink.restart(UNKNOWN_VERSION);
  throw error;
}

/** @throws IsoconvError `ABORTED`, or `DOWNLOAD_FAILED` for a failure that does not pass */
function connectionFailure(error: unknown, request: TransferRequest, { isIdle }: IdleWatch): AttemptFailure {
  checkAborted(request.signal);
  if (isIdle) return failure(`nothing came for ${request.idleMilliseconds / 1000} s`);
  const reason = reasonOf(error);
  const lasts = LASTING.test(codeOf(error) ?? "") || /unknown scheme|not implemented/.test(reason);
  if (lasts) throw downloadFailed(request.name, reason, { cause: error });
  return failure(reason);
}

/** Codes of failures that do not pass: there is no such host, or its certificate is not trusted. */
const LASTING = /^(ENOTFOUND|CERT_|ERR_TLS|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/;

function failure(why: string): AttemptFailure {
  return { isComplete: false, why };
}

/** The result of a promise as a value, so that only the connection's failures are taken for such. */
async function settle<T>(promise: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
