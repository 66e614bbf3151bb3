import { float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { findModel, models } from "@isoconv/zoo";
import { type FilledNetwork, judgeLayers, type Judgement, judgeWhole, storable, storageOf } from "@isoconv/judge";
import type { ModelCase } from "../../plan/case.js";
import type { Family, RunContext } from "../family.js";
import { modelAt } from "./model-size.js";
import { planModels } from "./plan-models.js";

/** The zoo's networks, layer by layer and end to end. */
export const model: Family<ModelCase> = {
  plan: (context) => (context.wants("model/") ? planModels(models, context) : []),
  run: runModel,
};

async function runModel(testCase: ModelCase, context: RunContext): Promise<Judgement> {
  const { arithmetic } = context.capabilities;
  const network = storable(fillModel(testCase), arithmetic);
  const key = `${testCase.id}|${testCase.inputShape.join("×")}|${testCase.seed}|${storageOf(arithmetic)}`;
  return testCase.mode === "end-to-end" ? judgeWhole(key, network, context) : judgeLayers(key, network, context);
}

/** A network of the zoo with parameters of the scheme `conformance` and a random image. */
function fillModel({ model: name, inputShape, seed }: ModelCase): FilledNetwork {
  const { graph, parameters } = modelAt(findModel(name), inputShape);
  const count = inputShape.reduce((product, extent) => product * extent, 1);
  return {
    graph,
    parameters: initParameters(parameters, { seed, scheme: "conformance" }),
    feeds: { input: float32(inputShape, uniform(seed, `${name}/input`, count, -1, 1)) },
  };
}
