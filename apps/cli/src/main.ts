#!/usr/bin/env node
import { isIsoconvError } from "@isoconv/core-spec";
import { runProgram } from "./program.js";
import { exitCodeOf } from "./exit-code.js";

try {
  process.exitCode = await runProgram(process.argv);
} catch (error) {
  const text = isIsoconvError(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`isoconv: ${text}\n`);
  process.exitCode = exitCodeOf(error);
}
