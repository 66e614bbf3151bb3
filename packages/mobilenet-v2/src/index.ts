import { locateInFolder, locateInPackage, type LocateFile } from "@isoconv/core-spec";

/**
 * Where the weights are.
 *
 * The addresses are computed when they are read. Reading one throws an IsoconvError `INVALID_FILE` where a bundler has made a script
 * that does not know its own address; see {@link mobilenetV2In}.
 */
export interface MobilenetV2 {
  /** The network's name in the zoo. */
  readonly model: string;
  /** The name of the published weights in the zoo, whose preprocessing and classes they have. */
  readonly pretrained: string;
  /** A safetensors file, float16, whose tensors have the names of the model's `parameters`. */
  readonly weights: URL;
  /** A JSON file: size and SHA-256 of the weights and of the file that they come from, licence. */
  readonly metadata: URL;
  /**
   * A JSON file: the float64 oracle's `logits` of each of this package's photographs with these weights, by their names, and
   * the `noiseFloor` of their batch.
   */
  readonly photosLogits: URL;
  /** A text file with the licence of the weights, which must stay with them. */
  readonly licence: URL;
}

/** Where this package has the files. */
const packaged = {
  "mobilenet-v2-float16.safetensors": () => new URL("../assets/mobilenet-v2-float16.safetensors", import.meta.url),
  "mobilenet-v2-float16.json": () => new URL("../assets/mobilenet-v2-float16.json", import.meta.url),
  "photos-logits.json": () => new URL("../assets/photos-logits.json", import.meta.url),
  "mobilenet-v2-LICENSE.txt": () => new URL("../assets/mobilenet-v2-LICENSE.txt", import.meta.url),
} as const satisfies Readonly<Record<string, () => URL>>;

/** torchvision's weights `IMAGENET1K_V1`, rounded to float16. Bundlers copy its files beside the script. */
export const mobilenetV2: MobilenetV2 = located(
  locateInPackage({ name: "@isoconv/mobilenet-v2", files: packaged, inFolder: "mobilenetV2In" }),
);

/**
 * The same, for programs that keep the files of this package's folder `assets` in a folder of their own.
 *
 * @param folder its absolute address, for example `new URL("assets/", document.baseURI)`
 * @throws IsoconvError `INVALID_FILE` if it is no absolute address
 */
export function mobilenetV2In(folder: URL | string): MobilenetV2 {
  return located(locateInFolder(folder));
}

function located(locate: LocateFile<keyof typeof packaged>): MobilenetV2 {
  return Object.freeze({
    model: "mobilenet_v2",
    pretrained: "IMAGENET1K_V1",
    get weights() {
      return locate("mobilenet-v2-float16.safetensors");
    },
    get metadata() {
      return locate("mobilenet-v2-float16.json");
    },
    get photosLogits() {
      return locate("photos-logits.json");
    },
    get licence() {
      return locate("mobilenet-v2-LICENSE.txt");
    },
  });
}
