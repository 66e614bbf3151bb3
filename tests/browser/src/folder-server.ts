import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** How a server answers requests for the pages. */
export interface ServerBehaviour {
  /** Headers of every response. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Files that browsers may cache for ever, such as those with a hash in their names. */
  readonly immutable?: RegExp;
  /** Paths that are answered with a page instead of a file, as servers of single-page applications do. */
  readonly fallsBackFor?: RegExp;
  /** Paths that are answered with 404. */
  readonly missing?: RegExp;
  /** Media types of extensions, instead of the right ones. */
  readonly mediaTypes?: Readonly<Record<string, string>>;
  /** Files that arrive in parts, and whether the last of them does. */
  readonly slow?: {
    readonly path: RegExp;
    readonly parts: number;
    readonly milliseconds: number;
    readonly ends: boolean;
  };
}

/** Headers that isolate a page from other origins, which shared memory and therefore threads need. */
export const isolating = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
} as const;

export interface FolderServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a folder on this machine, at any free port unless one is given. */
export async function serveFolder(folder: string, behaviour: ServerBehaviour = {}, port = 0): Promise<FolderServer> {
  const { headers = {}, immutable, fallsBackFor, missing, mediaTypes = {}, slow } = behaviour;
  const server = createServer(async ({ url = "/" }, response) => {
    const path = normalize(new URL(url, "http://localhost").pathname);
    try {
      if (missing?.test(path) === true) throw new Error("missing");
      const isReplaced = fallsBackFor?.test(path) === true;
      const content = isReplaced ? "<!doctype html><title>app</title>" : await readFile(join(folder, path));
      const extension = extname(path);
      const type = isReplaced ? "text/html" : (mediaTypes[extension] ?? types[extension] ?? "application/octet-stream");
      const kept = immutable?.test(path) === true ? { "Cache-Control": "max-age=31536000, immutable" } : {};
      response.writeHead(200, { "Content-Type": type, ...kept, ...headers });
      if (slow?.path.test(path) === true) await sendSlowly(response, Buffer.from(content), slow);
      else response.end(content);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  return { origin: await listen(server, port), close: () => close(server) };
}

async function sendSlowly(
  response: ServerResponse,
  content: Buffer,
  { parts, milliseconds, ends }: NonNullable<ServerBehaviour["slow"]>,
): Promise<void> {
  const size = Math.ceil(content.length / parts);
  for (let part = 0; part < parts - (ends ? 0 : 1); part += 1) {
    response.write(content.subarray(part * size, (part + 1) * size));
    await new Promise((resolve) => void setTimeout(resolve, milliseconds));
  }
  if (ends) response.end();
}

async function listen(server: Server, wanted: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}
