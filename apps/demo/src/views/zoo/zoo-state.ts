import { computed, signal } from "@preact/signals";
import { findModel, models } from "@isoconv/zoo";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import { network } from "../../parts/subject.js";
import { oneOf, stateOf } from "../../route/url-state.js";
import {
  applicableSorting,
  families,
  filterRows,
  rowsOf,
  sortingOf,
  sortRows,
  type Filter,
  type Row,
  type TrainedAccuracies,
} from "./catalogue-row.js";
import type { Figures } from "./figures.js";
import { fetchTrainedAccuracies } from "./trained-accuracies.js";

/** Kept when the reader leaves the view, since a network's figures do not change. */
const figures = signal<ReadonlyMap<string, Figures>>(new Map());
const trained = signal<TrainedAccuracies>(new Map());
export const failure = signal<unknown>(undefined);

export const builtCount = computed(() => figures.value.size);

/** The order of the rows now; the requested order may have to wait for figures. */
export const sorting = computed(() =>
  applicableSorting(sortingOf(stateOf("sort", "")), builtCount.value === models.length),
);

export const filter = computed<Filter>(() => ({
  find: stateOf("find", ""),
  family: oneOf(["", ...families], stateOf("family", "")),
  onlyPublished: stateOf("published", "") === "1",
}));

/** The visible rows, sorted. */
export const rows = computed((): readonly Row[] => {
  const shown = filterRows(rowsOf(figures.value, trained.value), filter.value);
  return sorting.value === undefined ? shown : sortRows(shown, sorting.value);
});

/** The network shown in detail; the view Compare uses the same one. */
export const chosen = computed(() => findModel(network.value.model));

/** Builds the remaining networks in a worker. Returns a function that stops it. */
export function buildFigures(): () => void {
  const missing = models.map(({ name }) => name).filter((name) => !figures.value.has(name));
  const engine = new Engine();
  const tellFailure = (error: unknown): void => void (isAborted(error) || (failure.value = error));
  failure.value = undefined;
  if (trained.value.size === 0) fetchTrainedAccuracies().then((found) => (trained.value = found), tellFailure);
  if (missing.length > 0) {
    const onEvent = (some: ReadonlyMap<string, Figures>): void =>
      void (figures.value = new Map([...figures.value, ...some]));
    engine
      .call("zooFigures", { models: missing }, { onEvent })
      .catch(tellFailure)
      .finally(() => engine.end());
  }
  return () => engine.end();
}

/** Top-1 accuracy in per cent of the weights that come with the zoo; `undefined` until their metadata has loaded. */
export function trainedAccuracy(model: string): number | undefined {
  return trained.value.get(model)?.top1;
}
