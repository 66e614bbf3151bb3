import type { ComparedNetwork } from "../../parts/comparison/session.js";
import { image, isInverted, network, samples } from "../../parts/subject.js";
import { inverted } from "./inverted.js";

/** What the chosen image shows; `undefined` where there is none. */
export function chosenImage(): ComparedNetwork | undefined {
  const images = image.peek();
  return images && { questions: { kind: "one" }, network: network.peek(), images };
}

/** What each sample shows; `undefined` until they are loaded. */
export function allSamples(): ComparedNetwork | undefined {
  const { loaded } = samples.peek();
  if (loaded === undefined) return undefined;
  const images = isInverted.peek() ? inverted(loaded.images) : loaded.images;
  return { questions: { kind: "all", labels: loaded.labels }, network: network.peek(), images };
}
