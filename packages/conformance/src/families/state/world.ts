import type { Backend, Executable, Feeds, MemoryInfo, OpName, Results } from "@isoconv/core-spec";
import { type FilledNetwork, fillNetwork, judgeNetwork, type NetworkSpec } from "@isoconv/judge";
import { changeSince, snapshot, type Snapshot } from "../contract/bits.js";
import { passThrough, passThroughOps, pipeline, pipelineOps, sums } from "../contract/networks.js";
import type { RunContext } from "../family.js";

/** The networks of the programs, by name. All are on the lattice, so that every result has one right value. */
export const nets = {
  pipeline: (seed: number, batch: number): NetworkSpec => pipeline({ seed, batch }),
  sums: (seed: number, batch: number): NetworkSpec => ({ ...sums(seed), batch }),
  passThrough: (seed: number, batch: number): NetworkSpec => ({ ...passThrough(), seed, batch }),
} as const;

export type NetName = keyof typeof nets;

/** The operations of the networks. */
export const stateOps: readonly OpName[] = [...new Set<OpName>([...pipelineOps, ...passThroughOps, "add", "mul"])];

/** The data of a run. */
export interface Data {
  readonly seed: number;
  readonly batch: number;
}

/** What is true of an executable. */
export interface Known {
  readonly net: NetName;
  /** The seed of its parameters. */
  readonly seed: number;
  readonly executable: Executable;
  /** The memory it held after its first run. */
  held: MemoryInfo;
  /** Its results by data; a later run must give the same bits. */
  readonly results: Map<string, Snapshot>;
  isDisposed: boolean;
}

/** Something that must be true and is not. */
export class Breach extends Error {}

/** The backend under test, and the model: what must be true of it. */
export class World {
  readonly known: Known[] = [];
  readonly #empty: MemoryInfo;
  readonly #context: RunContext;
  readonly #filled: Map<string, FilledNetwork>;

  /** @param filled networks with their data, which the programs of a case share */
  constructor(context: RunContext, filled: Map<string, FilledNetwork>) {
    this.#context = context;
    this.#filled = filled;
    this.#empty = context.backend.memory();
  }

  get backend(): Backend {
    return this.#context.backend;
  }

  /** The executable of a number, counted round the ones there are. */
  pick(number: number): Known {
    const known = this.known[number % this.known.length];
    if (known === undefined) throw new Error("no executable has been compiled");
    return known;
  }

  /** The network of an executable with the data of a run; its tensors are shared, so copy them before a backend gets them. */
  networkOf({ net, seed }: Pick<Known, "net" | "seed">, data: Data): FilledNetwork {
    return { ...this.#fill(net, seed, 1), feeds: this.#fill(net, data.seed, data.batch).feeds };
  }

  #fill(net: NetName, seed: number, batch: number): FilledNetwork {
    const key = `${net}/${seed}/${batch}`;
    const filled = this.#filled.get(key) ?? fillNetwork(nets[net](seed, batch), this.#context.capabilities);
    this.#filled.set(key, filled);
    return filled;
  }

  /** @throws Breach if the result is wrong, or has other bits than an earlier one of the same data */
  async expectRight(known: Known, data: Data, results: Results): Promise<void> {
    const { capabilities, memo } = this.#context;
    const network = this.networkOf(known, data);
    const key = `state/${known.net}/${known.seed}/${data.seed}/${data.batch}`;
    const { passed, reason } = await judgeNetwork({ key, network, exactly: true }, results, capabilities, memo);
    if (!passed) throw new Breach(reason ?? "a wrong result");
    const before = known.results.get(key);
    known.results.set(key, before ?? snapshot(results));
    if (before !== undefined) expectEqual("a result beside an earlier one", "unchanged", changeSince(before, results));
  }

  /** @throws Breach if the backend holds more or less than its executables */
  expectMemory(): void {
    const live = this.known.filter(({ isDisposed }) => !isDisposed).map(({ held }) => held);
    const { buffers, bytes } = live.reduce(plus, this.#empty);
    const got = this.backend.memory();
    expectEqual("memory()", `${buffers} buffers, ${bytes} bytes`, `${got.buffers} buffers, ${got.bytes} bytes`);
  }

  /** Starts a run. */
  run(known: Known, feeds: Feeds, signal: AbortSignal | undefined = this.#context.signal): Promise<Results> {
    return known.executable.run(feeds, { signal });
  }

  /** Disposes what a program has left. */
  async close(): Promise<void> {
    await Promise.allSettled(this.known.map(({ executable }) => executable.dispose()));
    for (const known of this.known) known.isDisposed = true;
  }
}

export function plus(a: MemoryInfo, b: MemoryInfo): MemoryInfo {
  return { buffers: a.buffers + b.buffers, bytes: a.bytes + b.bytes };
}

/** @throws Breach unless the texts are equal */
export function expectEqual(what: string, expected: string, got: string): void {
  if (got !== expected) throw new Breach(`${what}: expected ${expected}, got ${got}`);
}
