import { ownValue, type Graph, type Results } from "@isoconv/core-spec";
import { topClasses } from "@isoconv/zoo";
import { renderTable } from "../../table.js";

/** A class that the network found likely. */
export interface Prediction {
  readonly class: number;
  /** `class N` if the name is not known. */
  readonly name: string;
  readonly logit: number;
  /** In [0, 1]; NaN if a logit of the image is. */
  readonly probability: number;
}

/** The most likely classes of one image, most likely first; none if all its logits are NaN. */
export interface ImagePredictions {
  readonly image: number;
  readonly top: readonly Prediction[];
}

/** The classes shown of one image; of several, each has one. */
const USUAL_TOP = 5;

/**
 * The most likely classes of each image, by the first output; undefined if it is not a row of scores for each image. A
 * network that ends with a softmax returns probabilities, whose logarithms count as logits.
 *
 * @param count by default 5 for one image and 1 for several
 */
export function predictionsOf(
  graph: Graph,
  results: Results,
  classNames: readonly string[],
  count: number | undefined,
): readonly ImagePredictions[] | undefined {
  const [output] = graph.outputs;
  const scores = output === undefined ? undefined : ownValue(results, output.name);
  if (output === undefined || scores === undefined || scores.shape.length !== 2) return undefined;
  const [images, classes] = scores.shape;
  const isProbability = graph.nodes.some(({ op, name }) => op === "softmax" && name === output.value);
  return Array.from({ length: images }, (_, image) => {
    const row = scores.data.subarray(image * classes, (image + 1) * classes);
    const ranked = topClasses(isProbability ? row.map(Math.log) : row, count ?? (images === 1 ? USUAL_TOP : 1)).filter(
      ({ logit }) => !Number.isNaN(logit),
    );
    return {
      image,
      top: ranked.map(({ index, logit, probability }) => ({
        class: index,
        name: classNames[index] ?? `class ${index}`,
        logit,
        probability,
      })),
    };
  });
}

const MOST_IMAGES = 10;

/** The row of an image without a prediction. */
const NONE: Prediction = { class: -1, name: "not a number", logit: Number.NaN, probability: Number.NaN };

/** One line per class. */
export function renderPredictions(predictions: readonly ImagePredictions[]): string {
  const rows = predictions
    .slice(0, MOST_IMAGES)
    .flatMap(({ image, top }) => (top.length === 0 ? [NONE] : top).map((row, place) => ({ ...row, image, place })));
  const table = renderTable(
    [
      { title: "image", align: "right", cell: ({ image, place }) => (place === 0 ? String(image) : "") },
      { title: "class", align: "right", cell: (row) => (row.class < 0 ? "–" : String(row.class)) },
      { title: "name", align: "left", cell: ({ name }) => name },
      { title: "logit", align: "right", cell: ({ logit }) => logit.toFixed(4) },
      { title: "probability", align: "right", cell: ({ probability }) => formatProbability(probability) },
    ],
    rows,
  );
  return predictions.length > MOST_IMAGES
    ? `${table}\n… and ${predictions.length - MOST_IMAGES} more; --json or --output has them all`
    : table;
}

/** In per cent. */
export function formatProbability(probability: number): string {
  return Number.isNaN(probability) ? "–" : `${(100 * probability).toFixed(2)} %`;
}
