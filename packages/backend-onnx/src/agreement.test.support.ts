import { runOracle } from "@isoconv/backend-reference";
import {
  definitionOf,
  formatShape,
  mapOperands,
  sameShape,
  shapesOf,
  type AccuracyRule,
  type Backend,
  type Graph,
  type Results,
  type Shape,
} from "@isoconv/core-spec";
import { createBackend as createNode } from "./node/index.js";
import type { Fed } from "@isoconv/goldens";
import { createBackend as createWasm } from "./wasm/index.js";

/** Both runtimes, with and without the rewriting of ONNX Runtime. */
export function openBackends(): Promise<readonly Backend[]> {
  const levels = ["disabled", "all"] as const;
  return Promise.all(
    [createNode, createWasm].flatMap((create) =>
      levels.map((graphOptimizationLevel) => create({ threads: 1, graphOptimizationLevel })),
    ),
  );
}

/** How a one-node graph's result misses its bound (tolerances.md, class f32) on some backend, or `undefined`. */
export function disagreement(backends: readonly Backend[], fed: Fed): Promise<string | undefined> {
  const rule = ruleOf(fed.graph);
  return firstMiss(backends, fed, (y, expected, magnitude) => admits(rule, y, expected, magnitude));
}

/** How a graph's result differs from the exact one on some backend, or `undefined`. Zeros are equal. */
export function latticeDisagreement(backends: readonly Backend[], fed: Fed): Promise<string | undefined> {
  return firstMiss(backends, fed, (y, expected) => y === expected);
}

type Admits = (y: number, expected: number, magnitude: number) => boolean;

async function firstMiss(backends: readonly Backend[], fed: Fed, admitted: Admits): Promise<string | undefined> {
  const { y: oracle } = await runOracle(fed.graph, {}, fed.feeds);
  const { shape, value, magnitude } = oracle;
  for (const backend of backends) {
    const { y } = await runOnce(backend, fed);
    if (!sameShape(y.shape, shape)) return `${backend.id}: shape ${formatShape(y.shape)} not ${formatShape(shape)}`;
    const missed = value.findIndex((expected, k) => !admitted(y.data[k], expected, magnitude[k]));
    if (missed !== -1) return `${backend.id}: [${missed}] ${y.data[missed]} not ${value[missed]}`;
  }
  return undefined;
}

async function runOnce(backend: Backend, { graph, feeds }: Fed): Promise<Results> {
  await using executable = await backend.compile(graph, {}, { passes: [] });
  return executable.run(feeds);
}

function ruleOf(graph: Graph): AccuracyRule {
  const node = graph.nodes[0];
  const shapes = shapesOf(graph);
  const operands = mapOperands<string, Shape>(node.inputs, (name) => shapes.get(name)!);
  return definitionOf(node.op).accuracy(operands, node.attrs, node.shape.map(Number));
}

const U = 2 ** -24;
const ETA = 2 ** -149;

function admits(rule: AccuracyRule, y: number, expected: number, magnitude: number): boolean {
  if (rule.kind === "exact") return Object.is(y, Math.fround(expected));
  if (rule.kind === "selection") return y === Math.fround(expected);
  const error = rule.value * Math.abs(expected) + rule.magnitude * magnitude + rule.absolute;
  return Math.abs(y - expected) <= U * (error + Math.abs(expected)) + ETA;
}
