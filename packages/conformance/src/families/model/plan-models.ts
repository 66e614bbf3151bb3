import { graphCost, opNames, type OpName } from "@isoconv/core-spec";
import { parameterCount } from "@isoconv/nn";
import type { Model, ModelDefinition } from "@isoconv/zoo";
import type { ModelCase } from "../../plan/case.js";
import type { PlanContext } from "../family.js";
import { modelAt, ownSize, smallSize, type InputShape } from "./model-size.js";

/** The most multiply-adds of a network that runs layer by layer at its published size; others run at a reduced size. */
const OWN_SIZE_MACS = 2e9;
/** The most parameters of a network for which drawing and converting them takes little time. */
const QUICK_PARAMETERS = 2e7;

/** A network at one size. */
interface Candidate {
  readonly definition: ModelDefinition;
  readonly inputShape: InputShape;
  readonly model: Model;
  readonly macs: number;
  readonly parameters: number;
}

/**
 * `small`: the cheapest network of each family at a reduced size, unless all have very many parameters. `full`: every
 * network layer by layer, at its published size if that is not too large, and the cheapest of each family end to end at
 * its published size, for which the oracle runs six times.
 */
export function planModels(
  models: readonly ModelDefinition[],
  { limits, seed }: Pick<PlanContext, "limits" | "seed">,
): readonly ModelCase[] {
  const plan = (mode: ModelCase["mode"], { definition, inputShape, model }: Candidate): ModelCase => ({
    id: `model/${definition.name}/${mode}`,
    family: "model",
    ops: opsOf(model),
    model: definition.name,
    inputShape,
    seed,
    mode,
  });
  const small = models.map((definition) => candidate(definition, smallSize(definition)));
  if (limits.models === "small") {
    const quick = small.filter(({ parameters }) => parameters <= QUICK_PARAMETERS);
    return cheapestOfFamilies(quick).flatMap((each) => [plan("layer-by-layer", each), plan("end-to-end", each)]);
  }
  const own = models.map((definition) => candidate(definition, ownSize(definition)));
  const layers = own.map((each, index) => (each.macs <= OWN_SIZE_MACS ? each : (small[index] ?? each)));
  return [
    ...layers.map((each) => plan("layer-by-layer", each)),
    ...cheapestOfFamilies(own).map((each) => plan("end-to-end", each)),
  ];
}

function candidate(definition: ModelDefinition, inputShape: InputShape): Candidate {
  const model = modelAt(definition, inputShape);
  const { macs } = graphCost(model.graph);
  return { definition, inputShape, model, macs, parameters: parameterCount(model.parameters) };
}

function cheapestOfFamilies(candidates: readonly Candidate[]): readonly Candidate[] {
  const cheapest = new Map<string, Candidate>();
  for (const each of candidates) {
    const known = cheapest.get(each.definition.family);
    if (known === undefined || each.macs < known.macs) cheapest.set(each.definition.family, each);
  }
  return [...cheapest.values()];
}

function opsOf({ graph }: Model): readonly OpName[] {
  const used = new Set(graph.nodes.map(({ op }) => op));
  return opNames.filter((op) => used.has(op));
}
