import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { trainedWeights, type TrainedWeights } from "@isoconv/zoo/trained-weights";
import { sampleImages, type Samples } from "../engine/network.js";

export interface Loading {
  readonly loaded?: Samples;
  readonly failure?: unknown;
}

/** Fetches the samples when a component first shows them. */
function loading(trained: TrainedWeights): ReadonlySignal<Loading> {
  let isAsked = false;
  return signal<Loading>(
    {},
    {
      watched() {
        if (isAsked) return;
        isAsked = true;
        sampleImages(trained).then(
          (loaded) => (this.value = { loaded }),
          (failure: unknown) => {
            isAsked = false;
            this.value = { failure };
          },
        );
      },
    },
  );
}

const sets = new Map(trainedWeights.map((trained) => [trained, loading(trained)]));

/** The images that come with a trained network; for any other network, those of the first trained one. */
export function samplesOf(trained: TrainedWeights = trainedWeights[0]): ReadonlySignal<Loading> {
  return sets.get(trained) ?? computed(() => ({}));
}
