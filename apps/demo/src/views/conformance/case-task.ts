import { lowerGraph } from "@isoconv/onnx";
import { runOracle, type OracleResult } from "@isoconv/backend-reference";
import { caseNetwork, openSession, replayCommand, reproFiles, type Case, type CaseResult } from "@isoconv/conformance";
import { type FilledNetwork } from "@isoconv/judge";
import { printGraph, type Backend, type Results, type Tensor } from "@isoconv/core-spec";
import { plainError } from "../../engine/plain-error.js";
import type { PlainError } from "../../engine/protocol.js";
import type { Handlers } from "../../engine/serve.js";
import { lineOf } from "./case-line.js";
import { compareOutput } from "./compare-output.js";
import { createTarget, plannedCase } from "./open-target.js";
import type { CaseNetwork, TensorPreview } from "./suite-tasks.js";

export const conformanceCase: Handlers["conformanceCase"] = async ({ target, base, plan: choice, id }, { signal }) => {
  const { plan, testCase } = plannedCase(choice, id);
  const create = (): Promise<Backend> => createTarget(target, base);
  const session = await openSession(plan.budget, { create, signal });
  let result: CaseResult;
  try {
    result = await session.run(testCase);
  } finally {
    await session.close();
  }
  signal.throwIfAborted();
  const line = lineOf(result);
  const command = replayCommand({ backend: session.backend, plan: { ...plan, length: plan.cases.length } }, id);
  const filled = caseNetwork(testCase, result, session.capabilities);
  if (filled === undefined) return { line, network: undefined, asks: dataOf(testCase), command };
  const backend = await create();
  try {
    return { line, network: await examine(filled, backend, result, command), asks: undefined, command };
  } finally {
    await backend.dispose();
  }
};

/** Runs the network again, on the backend and on the oracle. */
async function examine(
  network: FilledNetwork,
  backend: Backend,
  result: CaseResult,
  command: string,
): Promise<CaseNetwork> {
  const { graph, parameters, feeds } = network;
  const expected = await runOracle(graph, parameters, feeds);
  const got = await resultsOf(backend, network);
  const { results, refusal } = got;
  return {
    printout: printGraph(graph),
    inputs: Object.entries(feeds).map(preview),
    parameters: Object.entries(parameters).map(preview),
    outputs: graph.outputs.map(({ name }) => compareOutput(name, expected[name], results?.[name])),
    refusal,
    repro: reproOf(network, backend, expected, result, command),
  };
}

async function resultsOf(
  backend: Backend,
  { graph, parameters, feeds }: FilledNetwork,
): Promise<{ readonly results: Results | undefined; readonly refusal: PlainError | undefined }> {
  try {
    const executable = await backend.compile(graph, parameters);
    try {
      return { results: await executable.run(feeds), refusal: undefined };
    } finally {
      await executable.dispose();
    }
  } catch (error) {
    return { results: undefined, refusal: plainError(error) };
  }
}

function reproOf(
  network: FilledNetwork,
  { id: backend, capabilities: { runtime } }: Backend,
  expected: Readonly<Record<string, OracleResult>>,
  { id, reason = "correct", shares }: CaseResult,
  command: string,
): CaseNetwork["repro"] {
  const files = reproFiles({
    title: `${backend}: ${id}`,
    network,
    backend: { id: backend, runtime },
    finding: { reason, worst: shares.toSorted((a, b) => b.share - a.share)[0]?.worst },
    expected,
    // Always one self-contained file.
    exportOnnx: (graph, parameters) => lowerGraph(graph, parameters, { externalDataThreshold: Infinity }).model,
    command,
  });
  return [...files].map(([name, content]) => [name, typeof content === "string" ? content : new Uint8Array(content)]);
}

/** The largest number of elements that the page shows of a tensor. */
const SHOWN = 64;

function preview([name, { shape, data }]: readonly [string, Tensor]): TensorPreview {
  return { name, shape, first: Array.from(data.subarray(0, SHOWN), Number), length: data.length };
}

function dataOf(testCase: Case): string {
  return JSON.stringify(testCase, undefined, 2);
}
