import type { Feeds, MemoryInfo } from "@isoconv/core-spec";
import type { AsyncCommand } from "fast-check";
import { copyOf } from "../contract/ownership.js";
import { outcomeOf, settle } from "../contract/outcome.js";
import { misshapen } from "../history/misshapen.js";
import { passFeeds, spoil, type Passing, type Reused } from "./pass-feeds.js";
import { expectEqual, type Data, type Known, type NetName, type World } from "./world.js";

/** The caller's side of a program. */
export interface Caller {
  readonly reused: Reused;
}

/** A step of a program. The model is the world, because what must be true of a backend refers to its executables. */
export type Command = AsyncCommand<World, Caller>;

/** A run that a command makes. */
export interface Request extends Data {
  /** The executable, counted round those compiled. */
  readonly of: number;
  readonly passing: Passing;
}

export function compile(net: NetName, seed: number): Command {
  return command(`compile ${net} ${seed}`, anytime, async (world) => {
    const data = { seed, batch: 1 };
    const { graph, parameters: shared, feeds } = world.networkOf({ net, seed }, data);
    const parameters = copyOf(shared);
    const before = world.backend.memory();
    const executable = await world.backend.compile(graph, parameters);
    spoil(parameters);
    const known = { net, seed, executable, held: before, results: new Map(), isDisposed: false };
    world.known.push(known);
    await world.expectRight(known, data, await world.run(known, copyOf(feeds)));
    // A runtime may allocate in the first run.
    known.held = minus(world.backend.memory(), before);
  });
}

export function compileRefused(net: NetName, seed: number): Command {
  return command(`compile ${net} without its parameters`, anytime, async (world) => {
    const { graph } = world.networkOf({ net, seed }, { seed, batch: 1 });
    const got = await settle(world.backend.compile(graph, {}));
    expectEqual("compile without parameters", "rejected with INVALID_WEIGHTS", got);
    world.expectMemory();
  });
}

export function run(request: Request): Command {
  return command(`run ${textOf(request)}`, whenCompiled, async (world, caller) => {
    const known = world.pick(request.of);
    const feeds = feedsOf(world, caller, known, request);
    if (known.isDisposed) {
      expectEqual("a run when disposed", "rejected with DISPOSED", await outcomeOf(() => world.run(known, feeds)));
      return;
    }
    const pending = world.run(known, feeds);
    spoil(feeds);
    await world.expectRight(known, request, await pending);
  });
}

/** Runs requested at once; those of live executables must all be right. */
export function runAtOnce(requests: readonly Request[]): Command {
  const text = `run at once ${requests.map(textOf).join(" and ")}`;
  return command(text, whenCompiled, async (world, caller) => {
    const pending = requests
      .map((request) => ({ request, known: world.pick(request.of) }))
      .filter(({ known }) => !known.isDisposed)
      .map(({ request, known }) => {
        const feeds = feedsOf(world, caller, known, request);
        const results = world.run(known, feeds);
        spoil(feeds);
        return { request, known, results };
      });
    await Promise.allSettled(pending.map(({ results }) => results));
    for (const { request, known, results } of pending) await world.expectRight(known, request, await results);
  });
}

/** Aborts a run before or after its start; the run after it must be right. */
export function abort(request: Request, when: "before" | "after"): Command {
  return command(`abort ${when} the start of ${textOf(request)}`, whenCompiled, async (world, caller) => {
    const known = world.pick(request.of);
    if (known.isDisposed) return;
    const controller = new AbortController();
    if (when === "before") controller.abort();
    const aborted = world.run(known, feedsOf(world, caller, known, request), controller.signal);
    const settled = settle(aborted);
    controller.abort();
    const got = await settled;
    if (got === "resolved" && when === "after") await world.expectRight(known, request, await aborted);
    else expectEqual("an aborted run", "rejected with ABORTED", got);
    await world.expectRight(known, request, await world.run(known, feedsOf(world, caller, known, request)));
  });
}

export function refuse(request: Request): Command {
  return command(`refuse ${textOf(request)}`, whenCompiled, async (world, caller) => {
    const known = world.pick(request.of);
    if (known.isDisposed) return;
    const got = await settle(world.run(known, misshapen(feedsOf(world, caller, known, request))));
    expectEqual("a run with a misshapen feed", "rejected with INVALID_FEED", got);
  });
}

export function dispose(of: number): Command {
  return command(`dispose ${of}`, whenCompiled, async (world) => {
    const known = world.pick(of);
    known.isDisposed = true;
    expectEqual("dispose", "resolved", await outcomeOf(() => known.executable.dispose()));
  });
}

/** Disposes an executable while it runs; the run must be right. */
export function disposeDuringRun(request: Request): Command {
  return command(`dispose during ${textOf(request)}`, whenCompiled, async (world, caller) => {
    const known = world.pick(request.of);
    if (known.isDisposed) return;
    const pending = world.run(known, feedsOf(world, caller, known, request));
    known.isDisposed = true;
    const disposal = outcomeOf(() => known.executable.dispose());
    await world.expectRight(known, request, await pending);
    expectEqual("dispose", "resolved", await disposal);
  });
}

export function readMemory(): Command {
  return command("read memory", anytime, async (world) => world.expectMemory());
}

function command(
  text: string,
  check: (world: World) => boolean,
  act: (world: World, caller: Caller) => Promise<void>,
): Command {
  return { check, run: act, toString: () => text };
}

const anytime = (): boolean => true;
const whenCompiled = ({ known }: World): boolean => known.length > 0;

function feedsOf(world: World, { reused }: Caller, known: Known, request: Request): Feeds {
  return passFeeds(world.networkOf(known, request).feeds, request.passing, reused);
}

function textOf({ of, seed, batch, passing }: Request): string {
  return `${of} on data ${seed}, batch ${batch}, ${passing}`;
}

function minus(a: MemoryInfo, b: MemoryInfo): MemoryInfo {
  return { buffers: a.buffers - b.buffers, bytes: a.bytes - b.bytes };
}
