import { graphCost, opNames, type OpName } from "@isoconv/core-spec";
import { parameterCount } from "@isoconv/nn";
import type { Model, ModelDefinition } from "@isoconv/zoo";
import type { ModelCase } from "../../plan/case.js";
import type { PlanContext } from "../family.js";
import { modelAt, ownSize, smallSize, type InputShape } from "./model-size.js";

/** The most multiply-adds of a network that runs at its published size; others run at a reduced size. */
const OWN_SIZE_MACS = 2e9;
/** The most parameters of a network, and its most multiply-adds at a reduced size, that the oracle has time for. */
const QUICK_PARAMETERS = 3e6;
const QUICK_MACS = 2.5e7;

/** A network at one size. */
interface Candidate {
  readonly definition: ModelDefinition;
  readonly inputShape: InputShape;
  readonly model: Model;
  readonly macs: number;
  readonly parameters: number;
}

/**
 * The cheapest network of each family, layer by layer and end to end: at a reduced size (`small`), unless all are too large
 * for a short run, or at its published size (`full`), unless that is too large for the oracle, which runs six times. The
 * layers of all networks at their published sizes are cases of the family `size`.
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
  const small = (definition: ModelDefinition): Candidate => candidate(definition, smallSize(definition));
  if (limits.models === "small") {
    const quick = models
      .map(small)
      .filter(({ macs, parameters }) => macs <= QUICK_MACS && parameters <= QUICK_PARAMETERS);
    return cheapestOfFamilies(quick).flatMap((each) => [plan("layer-by-layer", each), plan("end-to-end", each)]);
  }
  const own = cheapestOfFamilies(models.map((definition) => candidate(definition, ownSize(definition))));
  return own
    .map((each) => (each.macs <= OWN_SIZE_MACS ? each : small(each.definition)))
    .flatMap((each) => [plan("layer-by-layer", each), plan("end-to-end", each)]);
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
