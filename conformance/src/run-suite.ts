import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readReport, type Report } from "@isoconv/conformance";

const command = fileURLToPath(new URL("../../apps/cli/bin/isoconv.js", import.meta.url));
/** A report of every case is under a megabyte. */
const MOST_BYTES = 64 * 2 ** 20;

/** What `isoconv conformance --backend ID --json` says, in a process of its own as a user runs it. */
export async function runSuite(id: string): Promise<{ readonly report: Report; readonly seconds: number }> {
  const start = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [command, "conformance", "--backend", id, "--json"], {
    maxBuffer: MOST_BYTES,
  });
  return { report: readReport(stdout), seconds: (performance.now() - start) / 1000 };
}
