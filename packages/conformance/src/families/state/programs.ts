import fc from "fast-check";
import * as commands from "./commands.js";
import type { Caller, Command, Request } from "./commands.js";
import { passings } from "./pass-feeds.js";
import { nets, type NetName, type World } from "./world.js";

/** What the programs of a case do most. */
export const stateFocuses = ["runs", "executables", "arrays", "refusals"] as const;
export type StateFocus = (typeof stateFocuses)[number];

/** Enough for runs to grow, shrink and come back. */
const MOST_COMMANDS = 30;
const BATCHES = [1, 2, 3, 33, 5, 0];

/** How often each kind of command is drawn, beside the others. */
interface Weights {
  readonly compile: number;
  readonly run: number;
  readonly refusal: number;
  readonly disposal: number;
}

const WEIGHTS: Readonly<Record<StateFocus, Weights>> = {
  runs: { compile: 1, run: 8, refusal: 1, disposal: 0 },
  executables: { compile: 9, run: 3, refusal: 1, disposal: 1 },
  arrays: { compile: 2, run: 10, refusal: 0, disposal: 1 },
  refusals: { compile: 2, run: 4, refusal: 5, disposal: 1 },
};

const numbers = fc.nat(7);
const seeds = fc.integer({ min: 1, max: 3 });
const whens = fc.constantFrom("before" as const, "after" as const);

/** Compiles the first executable of a program. */
export const compilations: fc.Arbitrary<Command> = fc
  .tuple(fc.constantFrom(...(Object.keys(nets) as NetName[])), seeds)
  .map(([net, seed]) => commands.compile(net, seed));

/** Random programs. */
export function programs(focus: StateFocus): fc.Arbitrary<Iterable<Command>> {
  const { compile, run, refusal, disposal } = WEIGHTS[focus];
  const request = requests(focus);
  const weighted: readonly (readonly [weight: number, command: fc.Arbitrary<Command>])[] = [
    [compile, compilations],
    [3 * run, request.map(commands.run)],
    [run, fc.array(request, { minLength: 2, maxLength: 4 }).map(commands.runAtOnce)],
    [refusal, request.map(commands.refuse)],
    [refusal, fc.tuple(request, whens).map(([aborted, when]) => commands.abort(aborted, when))],
    [refusal, refusedCompilations],
    [disposal, numbers.map(commands.dispose)],
    [disposal, request.map(commands.disposeDuringRun)],
    [2, fc.constant(commands.readMemory())],
  ];
  const drawn = weighted.filter(([weight]) => weight > 0).map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return fc.commands<World, Caller, false>([fc.oneof(...drawn)], {
    maxCommands: MOST_COMMANDS,
    size: "max",
    disableReplayLog: true,
  });
}

const refusedCompilations = fc
  .constantFrom("pipeline" as const, "sums" as const)
  .map((net) => commands.compileRefused(net, 1));

function requests(focus: StateFocus): fc.Arbitrary<Request> {
  const passing = focus === "arrays" ? fc.constantFrom(...passings) : fc.constantFrom("fresh" as const, ...passings);
  return fc.record({ of: numbers, seed: seeds, batch: fc.constantFrom(...BATCHES), passing });
}
