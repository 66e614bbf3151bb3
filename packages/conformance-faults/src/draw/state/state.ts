import type { Backend } from "@isoconv/core-spec";
import type { Trace } from "../../score/trace.js";
import type { Draw } from "../drawn-fault.js";
import type { Stream } from "../stream.js";
import * as accounts from "./accounts.js";
import * as arrays from "./arrays.js";
import * as copies from "./copies.js";
import * as histories from "./histories.js";
import * as lifetimes from "./lifetimes.js";
import { onProgram, type Program } from "./stage.js";
import * as views from "./views.js";

/** A fault that depends on what was asked before. */
export interface StateFault {
  readonly what: string;
  /** A case with fewer of these cannot show it. */
  readonly needs?: Partial<Pick<Trace, "runs" | "live" | "refusals" | "signals">>;
  readonly create: (isFaulty: boolean, id: string) => Backend;
  /** A program that sees it. */
  readonly program: Program;
}

export type DrawState = (stream: Stream) => StateFault;

/** By name within a group, so that a seed draws the same faults in whichever file of it a generator stands. */
const generators: readonly DrawState[] = [histories, { ...arrays, ...copies, ...views }, lifetimes, accounts].flatMap(
  (group) =>
    Object.entries<DrawState>(group)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, generator]) => generator),
);

/** A fault in the state between runs, the arrays of the caller, lifetimes or accounts. */
export function drawStateFault(stream: Stream): Draw {
  const { what, needs = {}, create, program } = stream.pick(generators)(stream);
  const { runs = 0, live = 0, refusals = 0, signals = 0 } = needs;
  return {
    what,
    ops: [],
    create,
    witness: onProgram(program),
    isReachedBy: (trace) =>
      trace.runs >= runs && trace.live >= live && trace.refusals >= refusals && trace.signals >= signals,
  };
}
