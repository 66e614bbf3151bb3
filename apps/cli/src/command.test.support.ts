import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** How a command ended, and what it printed. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a folder, as a user's shell does. */
export function isoconv(folder: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // With CI=true, colour libraries treat a pipe as a terminal.
    const child = spawn(process.execPath, [command, ...args], { cwd: folder, env: { ...process.env, CI: "true" } });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
