import { models, pretrainedWeights, type ModelDefinition } from "@isoconv/zoo";
import { trainedWeights } from "@isoconv/zoo/trained-weights";
import type { Figures } from "./figures.js";

/** The accuracy of published weights. */
export interface Accuracy {
  /** Top-1 accuracy in per cent. */
  readonly top1: number;
  readonly dataset: string;
  /** Which weights. */
  readonly weights: string;
}

/** A network of the zoo in the table. */
export interface Row {
  readonly definition: ModelDefinition;
  /** The input's height and width. */
  readonly inputSize: number;
  /** Accuracy of the best known weights. */
  readonly accuracy: Accuracy | undefined;
  readonly figures: Figures | undefined;
}

/** The accuracy's data set, if it is not ImageNet, which nearly all accuracies are for. */
export function otherDataset({ dataset }: Accuracy): string | undefined {
  return dataset.startsWith("ImageNet") ? undefined : dataset;
}

export const sortKeys = ["name", "parameters", "macs", "receptiveField", "inputSize", "accuracy", "year"] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

export interface Filter {
  /** Words that the name, family or summary must contain. */
  readonly find: string;
  /** Empty for every family. */
  readonly family: string;
  readonly onlyPublished: boolean;
}

export const families: readonly string[] = [...new Set(models.map(({ family }) => family))];

/** The accuracy of the weights that come with the zoo, from their `metadata`, by model. */
export type TrainedAccuracies = ReadonlyMap<string, Accuracy>;

/** A row for every network of the zoo, with the figures known so far. */
export function rowsOf(figures: ReadonlyMap<string, Figures>, trained: TrainedAccuracies): readonly Row[] {
  return models.map((definition) => ({
    definition,
    inputSize: definition.defaults.height,
    accuracy: trained.get(definition.name) ?? published.get(definition.name),
    figures: figures.get(definition.name),
  }));
}

/** The accuracy of each network's best published weights. */
const published: ReadonlyMap<string, Accuracy> = new Map(
  pretrainedWeights
    .toSorted((a, b) => a.accuracy.top1 - b.accuracy.top1)
    .map(({ model, name, accuracy: { top1, dataset } }) => [model, { top1, dataset, weights: name }]),
);

/** Whether the network has an accuracy, including one that has not loaded yet. */
function hasWeights(model: string): boolean {
  return published.has(model) || trainedWeights.some((trained) => trained.model === model);
}

export function filterRows(rows: readonly Row[], { find, family, onlyPublished }: Filter): readonly Row[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ definition }) => {
    const text = `${definition.name} ${definition.family} ${definition.summary}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (family === "" || definition.family === family) &&
      (!onlyPublished || hasWeights(definition.name))
    );
  });
}

/** Rows with equal values keep the zoo's order. Rows without a value come last in both directions. */
export function sortRows(rows: readonly Row[], { key, isDescending }: Sorting): readonly Row[] {
  const direction = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [first, second] = [valueOf(a, key), valueOf(b, key)];
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    if (typeof first === "string" || typeof second === "string") {
      return direction * String(first).localeCompare(String(second), "en", { numeric: true });
    }
    return first === second ? 0 : direction * (first - second);
  });
}

function valueOf({ definition, inputSize, accuracy, figures }: Row, key: SortKey): string | number | undefined {
  switch (key) {
    case "name":
      return definition.name;
    case "year":
      return definition.source.year;
    case "inputSize":
      return inputSize;
    case "accuracy":
      return accuracy?.top1;
    case "receptiveField":
      // The whole image counts as larger than any number of pixels.
      return figures === undefined ? undefined : (figures.receptiveField ?? Infinity);
    case "parameters":
    case "macs":
      return figures?.[key];
  }
}

/** Figures that are known only after a network is built. */
const OF_FIGURES: ReadonlySet<SortKey> = new Set(["parameters", "macs", "receptiveField"]);

/** The order that rows can have now. Sorting by figures waits until all networks are built, so that rows do not move. */
export function applicableSorting(asked: Sorting | undefined, areBuilt: boolean): Sorting | undefined {
  return asked !== undefined && OF_FIGURES.has(asked.key) && !areBuilt ? undefined : asked;
}

/** The order in the address: `parameters`, `-parameters` for the largest first, or `undefined` for the zoo's order. */
export function sortingOf(text: string): Sorting | undefined {
  const isDescending = text.startsWith("-");
  const key = sortKeys.find((each) => each === (isDescending ? text.slice(1) : text));
  return key === undefined ? undefined : { key, isDescending };
}

/** The next order for a column's button: ascending, descending, then the zoo's order. */
export function nextSorting(key: SortKey, sorting: Sorting | undefined): string | undefined {
  if (sorting?.key !== key) return key;
  return sorting.isDescending ? undefined : `-${key}`;
}
