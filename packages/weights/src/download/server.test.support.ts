import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers a request; `count` is how many this path has had, from 1. */
export type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server on this machine that answers as told, and remembers what it was asked. */
export interface TestServer {
  readonly address: (path: string) => URL;
  /** The `Range` header of each request for a path, `undefined` for the whole file. */
  readonly ranges: (path: string) => readonly (string | undefined)[];
  readonly answer: (path: string, answer: Answer) => void;
  readonly close: () => void;
}

export async function startServer(): Promise<TestServer> {
  const answers = new Map<string, Answer>();
  const asked = new Map<string, (string | undefined)[]>();
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    const ranges = [...(asked.get(path) ?? []), request.headers.range];
    asked.set(path, ranges);
    const answer = answers.get(path);
    if (answer === undefined) response.writeHead(404).end("<html>not here</html>");
    else answer(request, response, ranges.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (path) => new URL(path, `http://127.0.0.1:${port}`),
    ranges: (path) => asked.get(path) ?? [],
    answer: (path, answer) => answers.set(path, answer),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The answers in turn; the last to all further requests. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (request, response, count) => answers[Math.min(count, answers.length) - 1](request, response, count);
}

/**
 * Serves a file as servers do: parts of it, unless it has changed.
 *
 * @param etag none if it is empty
 */
export function serve(bytes: Uint8Array, etag = '"1"'): Answer {
  return (request, response) => {
    if (etag !== "") response.setHeader("etag", etag);
    const begin = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const condition = request.headers["if-range"];
    if (begin === 0 || (condition !== undefined && condition !== etag)) {
      response.setHeader("content-length", bytes.byteLength).end(bytes);
    } else if (begin >= bytes.byteLength) {
      response.writeHead(416, { "content-range": `bytes */${bytes.byteLength}` }).end();
    } else {
      const range = `bytes ${begin}-${bytes.byteLength - 1}/${bytes.byteLength}`;
      response.writeHead(206, { "content-range": range, "content-length": bytes.byteLength - begin });
      response.end(bytes.subarray(begin));
    }
  };
}

/** Says that it serves a file, and sends only its first half. */
export function serveHalf(
  bytes: Uint8Array,
  then: (response: ServerResponse) => void = () => undefined,
  etag = '"1"',
): Answer {
  return (_request, response) => {
    if (etag !== "") response.setHeader("etag", etag);
    response.setHeader("content-length", bytes.byteLength);
    response.write(bytes.subarray(0, bytes.byteLength / 2), () => then(response));
  };
}

/** Sends the first half of a file, and ends the connection when that has come. */
export interface Breaking {
  readonly answer: Answer;
  /** For the download. Earlier, what is under way would be lost with the connection. */
  readonly onProgress: (loaded: number) => void;
}

export function breakHalfway(bytes: Uint8Array, etag?: string): Breaking {
  let open: ServerResponse | undefined;
  const half = serveHalf(bytes, undefined, etag);
  return {
    answer: (request, response, count) => {
      open = response;
      half(request, response, count);
    },
    onProgress: (loaded) => {
      if (loaded === bytes.byteLength / 2) open?.socket?.end();
    },
  };
}

/** Answers without a look at `If-Range`. */
export function unconditionally(answer: Answer): Answer {
  return (request, response, count) => {
    delete request.headers["if-range"];
    answer(request, response, count);
  };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => void response.writeHead(code, headers).end();
}
