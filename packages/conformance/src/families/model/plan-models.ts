import { graphCost, opNames, type OpName } from "@isoconv/core-spec";
import type { Model, ModelDefinition } from "@isoconv/zoo";
import type { ModelCase } from "../../plan/case.js";
import type { PlanContext } from "../family.js";
import { modelAt, ownSize, smallSize, type InputShape } from "./model-size.js";

/**
 * Multiply-adds up to which a network is run end to end at its own size, where the oracle runs six times; larger ones
 * are at a small size.
 */
const END_TO_END_MACS = 4e9;

/** A network at one size. */
interface Candidate {
  readonly definition: ModelDefinition;
  readonly inputShape: InputShape;
  readonly model: Model;
  readonly macs: number;
}

/**
 * `small`: the cheapest network of each family, at a small size. `full`: every network, at its own size wherever the
 * oracle can follow.
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
  if (limits.models === "small") {
    return cheapestOfFamilies(models.map((definition) => candidate(definition, smallSize(definition)))).flatMap(
      (chosen) => [plan("layer-by-layer", chosen), plan("end-to-end", chosen)],
    );
  }
  return models.flatMap((definition) => {
    const own = candidate(definition, ownSize(definition));
    const whole = own.macs <= END_TO_END_MACS ? own : candidate(definition, smallSize(definition));
    return [plan("layer-by-layer", own), plan("end-to-end", whole)];
  });
}

function candidate(definition: ModelDefinition, inputShape: InputShape): Candidate {
  const model = modelAt(definition, inputShape);
  return { definition, inputShape, model, macs: graphCost(model.graph).macs };
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
