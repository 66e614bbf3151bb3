import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { exitCodeOf } from "./exit-code.js";
import { runProgram } from "./program.js";

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

/**
 * Runs the command in this process, which is faster than starting one. Paths are relative to the tests' folder, so
 * give absolute ones.
 */
export async function isoconvHere(...args: string[]): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => (stdout += textOf(chunk)) !== "");
  const err = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => (stderr += textOf(chunk)) !== "");
  try {
    return { status: await runProgram(["node", "isoconv", ...args]), stdout, stderr };
  } catch (error) {
    stderr += `isoconv: ${error instanceof Error ? error.message : String(error)}\n`;
    return { status: exitCodeOf(error), stdout, stderr };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

/** Bytes as Latin-1, so that none is lost. */
function textOf(chunk: string | Uint8Array): string {
  return typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1");
}
