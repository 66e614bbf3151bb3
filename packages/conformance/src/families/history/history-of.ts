import { graphCost, isSymbolic, uniform, type Graph } from "@isoconv/core-spec";
import type { NetworkSpec } from "@isoconv/judge";
import type { Step } from "./step.js";

/** The multiply-adds of one run, above which a case is run twice only. */
const MOST_WORK = 1e6;
/** What drawing, moving and comparing an element costs, in multiply-adds. */
const WORK_OF_ELEMENT = 200;
/** One more than a tile, and than the batches that runtimes have kernels for. */
const LARGE_BATCH = 33;

/** The share of cases that take each kind of step, so that every kind occurs often for every operation. */
const SHARE = { growing: 0.5, large: 0.25, twin: 0.2, abort: 0.35, refuse: 0.35 } as const;

/**
 * What happens to the executable of a case. Cheap cases run with other data and batches, some beside a second executable,
 * after an aborted, a refused or a larger run, and at last with the first data again. Which of these is drawn by the
 * case's name. Cases beyond a million multiply-adds run twice.
 *
 * @param length `brief` takes other data, other batches or one of the other steps between the first and the last run: for
 *   families of thousands of cases
 */
export function historyOf(network: NetworkSpec, length: "whole" | "brief" = "whole"): readonly Step[] {
  const { graph, batch } = network;
  const isOpen = graph.inputs.some(({ shape }) => isSymbolic(shape)) && batch > 0 && !mixesItems(graph);
  // The other items are data enough if every input has a batch of at least two.
  const isVaried = isOpen && batch > 1 && graph.inputs.every(({ shape }) => isSymbolic(shape));
  const other: Step = isVaried
    ? { kind: "run", data: "own", items: { from: 1, count: batch } }
    : { kind: "run", data: "other" };
  if (workOf(network, batch) > MOST_WORK) return isVaried ? [own, other] : [{ kind: "unjudged" }, own];
  const draw = drawsOf(graph.name);
  const batches = isOpen ? batchesOf(network, draw) : [];
  if (length === "brief") return [own, ...briefly(draw("brief"), other, batches, draw), again];
  const events: readonly Step[] = [
    other,
    ...(draw("twin") < SHARE.twin ? [twin] : []),
    ...(draw("abort") < SHARE.abort ? [abortOf(draw)] : []),
    ...(draw("refuse") < SHARE.refuse ? [refuse] : []),
  ];
  return [own, ...interleave(batches, events, draw), again];
}

/** Other data, other batches, or one event. */
function briefly(drawn: number, other: Step, batches: readonly Step[], draw: Draw): readonly Step[] {
  if (drawn < 0.4 && batches.length > 0) return batches;
  if (drawn < 0.7) return [other];
  return drawn < 0.8 ? [twin] : drawn < 0.9 ? [abortOf(draw)] : [refuse];
}

function abortOf(draw: Draw): Step {
  return { kind: "abort", when: draw("when") < 0.5 ? "before" : "after" };
}

const own: Step = { kind: "run", data: "own" };
const twin: Step = { kind: "twin" };
const refuse: Step = { kind: "refuse" };
const again: Step = { kind: "again" };

type Draw = (what: string) => number;

/** Numbers in [0, 1) that depend on the case alone. */
function drawsOf(name: string): Draw {
  return (what) => uniform(1, `${name}/history/${what}`, 1, 0, 1)[0];
}

/** Whether a node may combine the items of a batch: it works along the first axis. */
function mixesItems({ nodes }: Graph): boolean {
  return nodes.some(({ attrs }) => Object.entries(attrs).some(([name, value]) => name === "axis" && value === 0));
}

/** Growing from one item, or shrinking to it, so that a buffer of another batch changes a result. */
function batchesOf(network: NetworkSpec, draw: Draw): readonly Step[] {
  const isLarge = draw("large") < SHARE.large && workOf(network, LARGE_BATCH) <= MOST_WORK;
  const counts = isLarge ? [1, LARGE_BATCH, 1] : draw("growing") < SHARE.growing ? [1, 3] : [5, 1];
  return counts.map((count, k) => ({ kind: "run", data: "own", items: { from: k + 1, count } }));
}

function workOf({ graph }: NetworkSpec, batch: number): number {
  const { macs, bytesRead, bytesWritten } = graphCost(graph, batch);
  return Math.max(macs, ((bytesRead + bytesWritten) / Float32Array.BYTES_PER_ELEMENT) * WORK_OF_ELEMENT);
}

/** Keeps the order of the batches, and draws the places of the other steps between them. */
function interleave(batches: readonly Step[], events: readonly Step[], draw: Draw): readonly Step[] {
  const placed = events.map((step) => ({ step, place: draw(`place of ${step.kind}`) }));
  const spread = batches.map((step, k) => ({ step, place: (k + 0.5) / batches.length }));
  return [...placed, ...spread].toSorted((a, b) => a.place - b.place).map(({ step }) => step);
}
