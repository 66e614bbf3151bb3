import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { downloadToCache } from "./download-to-cache.js";
import { inTurn, serve, serveHalf, startServer, type TestServer } from "./server.test.support.js";

const bytes = new Uint8Array(200_000).map((_, index) => (index % 7) + 1);
const cwd = fileURLToPath(new URL("../..", import.meta.url));

let server: TestServer;
let cache: string;
beforeAll(async () => {
  server = await startServer();
  cache = await mkdtemp(join(tmpdir(), "isoconv-cache-"));
});
afterAll(async () => {
  server.close();
  await rm(cache, { recursive: true });
});

/** Another process that downloads the file, and prints how many bytes are there. */
function downloadApart(path: string): ChildProcess {
  const program = `
    import { downloadToCache } from "@isoconv/weights";
    const [address, cache] = ${JSON.stringify([server.address(path).href, cache])};
    const onProgress = (loaded) => console.log(loaded);
    await downloadToCache(new URL(address), { cache, onProgress });
    console.log("done");
  `;
  return spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Waits until a process has printed the text. */
function printed(child: ChildProcess, text: string): Promise<void> {
  let all = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      all += String(chunk);
      if (all.includes(text)) resolve();
    });
    child.on("exit", () => reject(new Error(`the process ended, and printed ${all}`)));
  });
}

it("a download goes on where a killed process ended", async () => {
  server.answer("killed.pth", inTurn(serveHalf(bytes), serve(bytes)));
  const child = downloadApart("killed.pth");
  await printed(child, String(bytes.byteLength / 2));
  child.kill("SIGKILL");
  await once(child, "exit");
  const file = await downloadToCache(server.address("killed.pth"), { cache });
  expect((await readFile(file as URL)).equals(bytes)).toBe(true);
  expect(server.ranges("killed.pth")).toEqual([undefined, `bytes=${bytes.byteLength / 2}-`]);
  const folder = fileURLToPath(new URL(".", file as URL));
  expect(await readdir(folder)).toEqual(["killed.pth"]);
});

it("processes that want the same file share one download", async () => {
  let finish = (): void => undefined;
  server.answer(
    "shared.pth",
    serveHalf(bytes, (response) => {
      finish = () => response.end(bytes.subarray(bytes.byteLength / 2));
    }),
  );
  const child = downloadApart("shared.pth");
  await printed(child, String(bytes.byteLength / 2));
  const exit = once(child, "exit");
  // This process sees how far the other is.
  const file = await downloadToCache(server.address("shared.pth"), { cache, onProgress: () => finish() });
  expect((await readFile(file as URL)).equals(bytes)).toBe(true);
  expect(await exit).toEqual([0, null]);
  expect(server.ranges("shared.pth")).toHaveLength(1);
});
