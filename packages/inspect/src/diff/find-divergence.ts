import { runOracle } from "@isoconv/backend-reference";
import {
  checkOptions,
  IsoconvError,
  optionChecks,
  ownValue,
  type Backend,
  type KnownOptions,
  type Node,
  type Results,
  type Tensor,
} from "@isoconv/core-spec";
import {
  type FilledNetwork,
  judgeEndToEnd,
  type Judgement,
  judgeNetwork,
  Memo,
  type Reference,
  referenceResults,
  type Rounding,
  worstElement,
} from "@isoconv/judge";
import { compareNodes, type BadNode, type Values } from "./compare-nodes.js";
import type { Divergence, Disagreement, Finding, OutputAgreement } from "./divergence.js";
import { findFusion } from "./find-fusion.js";
import { isolateRegion } from "./isolate-region.js";
import { observe } from "./observe.js";
import { runOnce } from "./run-once.js";

export interface DivergenceOptions extends FilledNetwork {
  readonly a: Backend;
  readonly b: Backend;
  readonly signal?: AbortSignal | undefined;
  /** Called with a description of the next step. */
  readonly onStep?: ((label: string) => void) | undefined;
}

const OPTIONS: KnownOptions<DivergenceOptions> = {
  known: {
    graph: true,
    parameters: true,
    feeds: true,
    a: true,
    b: true,
    signal: optionChecks.signal,
    onStep: optionChecks.function,
  },
};

/**
 * Finds where two backends diverge, and which of them is wrong, by comparison with the oracle, not by majority. Each
 * backend runs the network twice. In the first run every node's result is returned, and each node is judged by its own
 * bound on the operands that the backend had. The second run is as usual, with fusions, and is judged by the end-to-end
 * rule for the backend's arithmetic. If only the second is wrong, a search finds the nodes that must be fused for the
 * error.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option, `INVALID_FEED` when the oracle's own results are not finite, `ABORTED`, and as `Backend.compile`
 *   and `Executable.run`
 */
export async function findDivergence(options: DivergenceOptions): Promise<Divergence> {
  checkOptions(options, OPTIONS, { op: "findDivergence" });
  const { graph, parameters, feeds, a, b, signal, onStep } = options;
  const network: FilledNetwork = { graph, parameters, feeds };
  const observed = observe(graph, graph.nodes);
  const valuesOf = async (backend: Backend): Promise<Values> => {
    onStep?.(`running every node on ${backend.id}`);
    const results = await runOnce(backend, { ...network, graph: observed }, signal);
    const tensors = new Map<string, Tensor>([
      ...Object.entries(parameters),
      ...Object.entries(feeds),
      ...Object.entries(results),
    ]);
    return { backend, tensors };
  };
  const [ofA, ofB] = [await valuesOf(a), await valuesOf(b)];
  onStep?.("holding every node to its bound");
  const { nodes, firstBad } = await compareNodes(graph, ofA, ofB, signal);
  onStep?.("running the float64 oracle and its noise floor");
  const references = await referenceResults(graph, parameters, feeds);
  for (const [name, { noiseFloor }] of references) {
    if (Number.isFinite(noiseFloor)) continue;
    throw new IsoconvError("INVALID_FEED", {
      node: name,
      what: "the oracle's results are not finite",
      hint: "Look for NaN or very large values in weights and input",
    });
  }
  const findings = {
    a: await findingOf(a, network, firstBad.a, references, options),
    b: await findingOf(b, network, firstBad.b, references, options),
  };
  const agree = findings.a.fault === undefined && findings.b.fault === undefined;
  return { graph: graph.name, ...findings, nodes, verdict: agree ? "agree" : "disagree" };
}

type References = ReadonlyMap<string, Reference>;
type Watch = Pick<DivergenceOptions, "signal" | "onStep">;

async function findingOf(
  backend: Backend,
  network: FilledNetwork,
  bad: BadNode | undefined,
  references: References,
  { signal, onStep }: Watch,
): Promise<Finding> {
  onStep?.(`running the network as a whole on ${backend.id}`);
  const results = await runOnce(backend, network, signal);
  const { id, capabilities } = backend;
  const endToEnd = judgeOutputs(results, references, capabilities);
  const finding = { backend: id, runtime: capabilities.runtime, endToEnd };
  if (bad !== undefined) return { ...finding, fault: nodeFault(bad) };
  const wrong = endToEnd.find(({ agrees }) => !agrees);
  if (wrong === undefined) return finding;
  onStep?.(`searching for what is fused wrongly on ${backend.id}`);
  const reason = complaint(wrong);
  const fault = await fusionFault(backend, network, references, reason, signal);
  return { ...finding, fault: fault ?? { kind: "whole", reason } };
}

function judgeOutputs(results: Results, references: References, rounding: Rounding): readonly OutputAgreement[] {
  return Array.from(references, ([output, reference]) => {
    const got = ownValue(results, output);
    if (got === undefined) throw new IsoconvError("EXECUTION_FAILED", { node: output, what: "output not returned" });
    return { output, ...judgeEndToEnd(got, reference, rounding) };
  });
}

function complaint({ output, deviation, bound, wrongTop1 }: OutputAgreement): string {
  return deviation > bound
    ? `output "${output}" deviates by ${deviation.toExponential(1)} of its largest element, at most ${bound.toExponential(1)} is right`
    : `output "${output}" has another largest element in rows ${wrongTop1.join(", ")}`;
}

function nodeFault({ node, agreement, repeatsAlone, evidence }: BadNode): Disagreement {
  return {
    kind: "node",
    node: node.name,
    op: node.op,
    reason: agreement.reason ?? "outside its bound",
    worst: worstElement(node.name, agreement),
    repeatsAlone,
    evidence,
  };
}

async function fusionFault(
  backend: Backend,
  network: FilledNetwork,
  references: References,
  reason: string,
  signal: AbortSignal | undefined,
): Promise<Disagreement | undefined> {
  const { graph, parameters, feeds } = network;
  const isWrong = async (nodes: readonly Node[]): Promise<boolean> => {
    const results = await runOnce(backend, { ...network, graph: observe(graph, nodes) }, signal);
    return graph.outputs.some(({ name, value }) => {
      const [got, reference] = [ownValue(results, value), references.get(name)];
      return (
        got !== undefined && reference !== undefined && !judgeEndToEnd(got, reference, backend.capabilities).agrees
      );
    });
  };
  if (await isWrong(graph.nodes)) return undefined;
  const region = await findFusion(graph, isWrong);
  if (region === undefined) return undefined;
  const results = await runOnce(backend, { ...network, graph: observe(graph, graph.nodes) }, signal);
  const isolated = isolateRegion(graph, region, (name) => tensorNamed(name, parameters, feeds, results));
  const judgement = await judgeAlone(backend, isolated, signal);
  const worst = judgement.shares[0]?.worst;
  return {
    kind: "fusion",
    nodes: region.map(({ name }) => name),
    reason: judgement.passed ? reason : (judgement.reason ?? reason),
    worst,
    repeatsAlone: !judgement.passed,
    evidence: {
      network: isolated,
      expected: await runOracle(isolated.graph, isolated.parameters, isolated.feeds),
    },
  };
}

function tensorNamed(name: string, ...sources: readonly Readonly<Record<string, Tensor>>[]): Tensor {
  const found = sources.map((source) => ownValue(source, name)).find((tensor) => tensor !== undefined);
  if (found === undefined) throw new Error(`no value "${name}"`);
  return found;
}

/** Whether a few nodes are wrong as a network of their own. */
async function judgeAlone(
  backend: Backend,
  network: FilledNetwork,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  const results = await runOnce(backend, network, signal);
  const question = { key: network.graph.name, network, exactly: false };
  return judgeNetwork(question, results, backend.capabilities, new Memo());
}
