import { createHash, randomUUID } from "node:crypto";
import { readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { sleep } from "./sleep.js";

/** How often a waiting process looks whether the others are done. */
const LOOK_MILLISECONDS = 50;
/** How often the owner of a claim shows that it lives. */
const SIGN_MILLISECONDS = 5000;
/** An owner on another machine, or whose number another process has now, is dead without a sign for so long. */
const SILENCE_MILLISECONDS = 60_000;

const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/**
 * Does the work while no other process does work with the same claim. Each process has a claim of its own, a file in the
 * folder, so that removing the claim of a killed process cannot hit that of another: a process whose claim is alone may
 * work, and of two that come at once both step back for a moment.
 *
 * @param onWait called while another process works
 * @throws what the work throws, and IsoconvError `ABORTED`
 */
export async function withClaim<T>(
  folder: string,
  name: string,
  work: () => Promise<T>,
  { signal, onWait }: { readonly signal: AbortSignal | undefined; readonly onWait: () => Promise<void> },
): Promise<T> {
  const own = `${name}.${HOST}-${process.pid}-${randomUUID()}${ENDING}`;
  const path = join(folder, own);
  const isAlone = async (): Promise<boolean> => (await livingClaims(folder, name, own)).length === 0;
  for (;;) {
    if (await isAlone()) {
      await writeFile(path, "", { flag: "wx" });
      if (await isAlone()) break;
      await rm(path, { force: true });
      await sleep(LOOK_MILLISECONDS * Math.random(), signal);
    } else {
      await onWait();
      await sleep(LOOK_MILLISECONDS, signal);
    }
  }
  const signs = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, SIGN_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(signs);
    await rm(path, { force: true });
  }
}

const ENDING = ".claim";

/** The claims of processes that live; those of others are removed. */
async function livingClaims(folder: string, name: string, own: string): Promise<readonly string[]> {
  const living: string[] = [];
  for (const each of await readdir(folder)) {
    if (each === own || !each.startsWith(`${name}.`) || !each.endsWith(ENDING)) continue;
    if (await isAlive(join(folder, each), each.slice(name.length + 1))) living.push(each);
    else await rm(join(folder, each), { force: true });
  }
  return living;
}

async function isAlive(path: string, owner: string): Promise<boolean> {
  const [host, pid] = owner.split("-");
  if (host === HOST && !isRunning(Number(pid))) return false;
  try {
    return Date.now() - (await stat(path)).mtimeMs < SILENCE_MILLISECONDS;
  } catch {
    // Its owner has just removed it.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
