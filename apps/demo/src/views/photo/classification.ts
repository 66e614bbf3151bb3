import { signal, type ReadonlySignal } from "@preact/signals";
import type { BackendId } from "../../engine/catalogue.js";
import { Engine } from "../../engine/engine.js";
import { fetchFile } from "../../engine/fetch-file.js";
import type { NetworkChoice } from "../../engine/network.js";
import { isAborted } from "../../engine/plain-error.js";
import type { Tasks } from "../../engine/protocol.js";
import type { GivenFile } from "../../engine/weights-files.js";
import { choosePicture, chooseWeights, thumbnail } from "../../parts/subject.js";
import { setState } from "../../route/url-state.js";
import { packagedWeights } from "./photo-network.js";
import type { ShownPhoto } from "./photo-state.js";

export type Classification =
  | { readonly phase: "fetching" | "opening" | "running" }
  | ({ readonly phase: "done" } & Tasks["classify"]["result"])
  | { readonly phase: "failed"; readonly error: unknown };

/** Shown no larger than this in the other views. */
const LONGEST_SIDE = 640;

/** Classifies one photo after another in a worker, which keeps the network. */
export class Classifier {
  readonly #state = signal<Classification>({ phase: "fetching" });
  readonly #engine = new Engine();
  #abort = new AbortController();

  get state(): ReadonlySignal<Classification> {
    return this.#state;
  }

  /** Classifies this photo in place of the one before it. */
  async classify(photo: ShownPhoto, backend: BackendId): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const show = (state: Classification): void => {
      if (!signal.aborted) this.#state.value = state;
    };
    show({ phase: "fetching" });
    try {
      const [{ files, model, counts }, given] = await Promise.all([packagedWeights(), fileOf(photo)]);
      const network: NetworkChoice = { model, weights: { kind: "file", files, counts } };
      const result = await this.#engine.call(
        "classify",
        { backend, base: document.baseURI, key: model, network, photo: given },
        { signal, onEvent: show },
      );
      show({ phase: "done", ...result });
    } catch (error) {
      if (!isAborted(error)) show({ phase: "failed", error });
    }
  }

  /** Opens another view with the photo and the network. */
  async openIn(view: string, photo: ShownPhoto): Promise<void> {
    const { signal } = this.#abort;
    const given = { ...(await fileOf(photo)), longestSide: LONGEST_SIDE };
    const read = await this.#engine.call("picture", given, { signal });
    const weights = await packagedWeights();
    thumbnail.value = read.thumbnail;
    choosePicture("photo", read.picture);
    chooseWeights(weights);
    setState({ view });
  }

  end(): void {
    this.#abort.abort();
    this.#engine.end();
  }
}

async function fileOf(photo: ShownPhoto): Promise<GivenFile> {
  const { name } = photo;
  return { name, file: photo.kind === "own" ? photo.file : await (await fetchFile(photo.address)).blob() };
}
