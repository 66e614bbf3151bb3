import { checkOptions, optionChecks, selectOutputs, shapesOf, type KnownOptions } from "@isoconv/core-spec";
import type { TracedModule } from "@isoconv/nn";
import { outputsOf, splitLive } from "./create-model.js";
import type { Model, Source } from "./model.js";

export interface OwnModelOptions {
  /** Module paths whose results the network returns instead of its outputs, as in `createModel`. */
  readonly features?: readonly string[];
}

const OPTIONS: KnownOptions<OwnModelOptions> = { known: { features: optionChecks.texts } };

/** The `family` of networks that are not the zoo's. */
export const OWN_FAMILY = "own";

/** No paper describes it. */
const UNPUBLISHED: Source = Object.freeze({ authors: "", title: "", year: Number.NaN, url: "" });

/**
 * A network outside the zoo, as `trace` returns it, in the form that `modelSummary`, `drawingOf` and the command take.
 * `classes` is the last extent of the first output.
 *
 * @throws IsoconvError `INVALID_ATTRIBUTE` for an unknown option or feature
 */
export function ownModel(traced: TracedModule, options: OwnModelOptions = {}): Model {
  const { name, inputs, outputs } = traced.graph;
  checkOptions(options, OPTIONS, { node: name });
  const graph = selectOutputs(traced.graph, outputsOf(traced, name, [], options.features));
  const classes = shapesOf(traced.graph)
    .get(outputs[0]?.value ?? "")
    ?.at(-1);
  return Object.freeze({
    name,
    family: OWN_FAMILY,
    source: UNPUBLISHED,
    classes: typeof classes === "number" ? classes : 0,
    inputShape: inputs[0]?.shape ?? [],
    graph,
    ...splitLive(traced, graph),
  });
}
