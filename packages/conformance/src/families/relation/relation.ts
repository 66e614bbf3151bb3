import { runOracle } from "@isoconv/backend-reference";
import {
  bindShape,
  definitionOf,
  elementCount,
  exact,
  IsoconvError,
  ownValue,
  rounded,
  sameShape,
  selection,
  type Capabilities,
  type OpName,
  type Results,
  type Tensor,
} from "@isoconv/core-spec";
import {
  type Agreement,
  allowanceOf,
  batchOf,
  compareWithOracle,
  failed,
  type FilledNetwork,
  fillNetwork,
  type Judgement,
  passed,
  underflow,
} from "@isoconv/judge";
import type { RelationCase } from "../../plan/case.js";
import type { Family, RunContext } from "../family.js";
import { relations, type RelationName } from "./relations.js";
import type { Part, Statement, RelatedNetwork } from "./statement.js";

/** Two computations of one backend that must agree. The oracle gives only the bound of their difference. */
export const relation: Family<RelationCase> = {
  plan: ({ seed, profile }) =>
    (Object.keys(relations) as RelationName[]).flatMap((name) =>
      relations[name]
        .subjects()
        .map((subject) => planOne(name, subject, seed))
        .filter(({ ops }) => ops.every((op) => profile.ops.includes(op))),
    ),
  run: runRelation,
};

function planOne(name: RelationName, { op, variant, network }: RelatedNetwork, seed: number): RelationCase {
  const ops = [...new Set(network.graph.nodes.map((node) => node.op))];
  return {
    id: `${op === undefined ? "graph" : `op/${op}`}/relation/${name}/${variant}`,
    family: "relation",
    ops,
    relation: name,
    network: { ...network, seed },
  };
}

async function runRelation(
  { id, relation: name, network: spec }: RelationCase,
  context: RunContext,
): Promise<Judgement> {
  const statement: Statement = relations[name];
  const network = fillNetwork(spec, context.capabilities);
  const sides = await compute(statement, network, context);
  const bitwise = statement.equality === "bits" || network.graph.nodes.every(({ op }) => isMovement(op));
  const tolerances = bitwise ? {} : await tolerancesOf(id, sides, context);
  for (const [output, left] of Object.entries(sides.left)) {
    const { agrees, reason } = compare(
      left,
      sides.right[output],
      bitwise ? "bits" : tolerances[output],
      context.capabilities,
    );
    if (!agrees) return failed(`${statement.doc} Output "${output}": ${reason ?? "they differ"}`);
  }
  return passed();
}

function isMovement(op: OpName): boolean {
  return definitionOf(op).family === "movement";
}

/** The result of an equation's network compiled with the backend's own passes, so that a wrong pass shows. */
const OPTIMISED = "y after the backend's own passes";

/** The results of both sides by output, and the networks whose bounds are added. */
interface Sides {
  readonly left: Results;
  readonly right: Results;
  readonly networks: readonly FilledNetwork[];
  /** For each output, the outputs of the networks whose errors add up in it. */
  readonly outputs: (output: string) => readonly string[];
}

async function compute(statement: Statement, network: FilledNetwork, context: RunContext): Promise<Sides> {
  if (statement.kind === "equation") {
    const written = await runPart({ network, options: { passes: [] } }, context);
    const optimised = await runPart({ network }, context);
    return {
      left: { y: written.left, [OPTIMISED]: optimised.left },
      right: { y: written.right, [OPTIMISED]: optimised.right },
      networks: [network],
      outputs: () => ["left", "right"],
    };
  }
  const { parts, read } = statement.restate(network);
  const left = await runPart({ network }, context);
  const results: Results[] = [];
  for (const part of parts) results.push(await runPart(part, context));
  const networks = [network, ...parts.map((part) => part.network)];
  return { left, right: read(results), networks, outputs: (output) => [output] };
}

/** @throws IsoconvError `EXECUTION_FAILED` if an output is missing or has another shape than in the graph */
async function runPart({ network, options }: Part, { backend, signal }: RunContext): Promise<Results> {
  const executable = await backend.compile(network.graph, network.parameters, options);
  try {
    const results = await executable.run(network.feeds, { signal });
    const batch = batchOf(network.graph, network.feeds);
    const shapes = new Map(
      [...network.graph.inputs, ...network.graph.parameters, ...network.graph.nodes].map(({ name, shape }) => [
        name,
        shape,
      ]),
    );
    for (const { name, value } of network.graph.outputs) {
      const shape = bindShape(shapes.get(value) ?? [], batch);
      const got = ownValue(results, name);
      if (got !== undefined && sameShape(got.shape, shape) && got.data.length === elementCount(shape)) continue;
      throw new IsoconvError("EXECUTION_FAILED", {
        path: `results["${name}"]`,
        what: "a result of the wrong shape",
        expected: shape.join("×"),
        received: got?.shape,
      });
    }
    return results;
  } finally {
    await executable.dispose();
  }
}

/** The sum of the bounds of both sides, by output. */
function tolerancesOf(
  id: string,
  { left, networks, outputs }: Sides,
  { capabilities, memo }: RunContext,
): Promise<Readonly<Record<string, number>>> {
  const { arithmetic, convAlgorithm, subnormals } = capabilities;
  return memo.recall(`${id}|${arithmetic}|${convAlgorithm}|${subnormals}|tolerances`, async () => {
    const [own, ...others] = await Promise.all(networks.map((network) => allowances(network, capabilities)));
    const most = (output: string, each: readonly Readonly<Record<string, number>>[]): number =>
      Math.max(0, ...each.map((bounds) => bounds[output]));
    return Object.fromEntries(
      Object.keys(left).map((output) => [
        output,
        outputs(output).reduce((sum, name) => sum + own[name] + most(name, others), 0),
      ]),
    );
  });
}

async function allowances(
  network: FilledNetwork,
  capabilities: Capabilities,
): Promise<Readonly<Record<string, number>>> {
  return allowanceOf(network, await runOracle(network.graph, network.parameters, network.feeds), capabilities);
}

/** Compares two results: by bits, or within a tolerance. Without a tolerance, +0 equals −0. */
function compare(left: Tensor, right: Tensor, tolerance: number | "bits", capabilities: Capabilities): Agreement {
  const value = Float64Array.from(left.data);
  const flat = { arithmetic: "f32", subnormals: capabilities.subnormals } as const;
  // Divides by the unit roundoff, so that the rule's only coefficient gives the tolerance.
  const unit = tolerance === "bits" ? 0 : (tolerance + underflow(flat)) * 2 ** 24;
  const magnitude = new Float64Array(value.length).fill(unit);
  const rule = tolerance === "bits" ? exact : tolerance === 0 ? selection : rounded({ magnitude: 1 });
  return compareWithOracle(right, { shape: left.shape, value, magnitude }, rule, { ...capabilities, ...flat });
}
