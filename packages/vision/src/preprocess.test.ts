import { pretrainedWeights, type Preprocessing } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { drawnPicture } from "./draws.test.support.js";
import { golden, isFull, sha256 } from "./goldens.test.support.js";
import type { PictureMode } from "./picture.js";
import { fitPicture, normalisePicture, preprocess } from "./preprocess.js";

interface Preset {
  readonly resize: number;
  readonly crop: number;
  readonly interpolation: Preprocessing["interpolation"];
  /** torchvision's weights with this preset, such as `resnet18 IMAGENET1K_V1`. */
  readonly weights: readonly string[];
  readonly results: readonly {
    readonly width: number;
    readonly height: number;
    readonly mode: PictureMode;
    readonly sha256: string;
  }[];
}

const { presets } = golden("presets") as { readonly presets: readonly Preset[] };
const imagenet = { antialias: true, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const ofZoo = new Set(pretrainedWeights.map(({ model, name }) => `${model} ${name}`));
const tried = presets.filter(({ weights }) => isFull || weights.some((name) => ofZoo.has(name)));

describe("preprocess", () => {
  it.each(tried)("gives torchvision's bits for $resize, $crop, $interpolation", ({ results, ...preset }) => {
    const { resize, crop, interpolation } = preset;
    for (const { width, height, mode, sha256: expected } of isFull ? results : results.slice(2, 6)) {
      const picture = drawnPicture(`preset/${width}x${height}`, width, height, mode);
      const input = preprocess(picture, { resize, crop, interpolation, ...imagenet });
      expect(input.shape).toEqual([1, 3, crop, crop]);
      expect(sha256(input.data), `${width}×${height} ${mode}`).toBe(expected);
    }
  });

  const isGoogles = ({ model }: { readonly model: string }): boolean => model.startsWith("efficientnet_lite");

  it("is executable from the metadata of every network that torchvision publishes, with torchvision's presets", () => {
    const presetOf = new Map(presets.flatMap((preset) => preset.weights.map((name) => [name, preset] as const)));
    for (const { model, name, preprocessing } of pretrainedWeights.filter((weights) => !isGoogles(weights))) {
      const { resize, crop, interpolation } = preprocessing;
      expect(presetOf.get(`${model} ${name}`), `${model} ${name}`).toMatchObject({ resize, crop, interpolation });
      expect(preprocessing).toMatchObject(imagenet);
    }
  });

  it("is executable from the metadata of EfficientNet-Lite, which has (x − 127)/128 of the levels", () => {
    const white = { ...drawnPicture("white", 40, 30, "RGB"), data: new Uint8Array(40 * 30 * 3).fill(255) };
    for (const { model, preprocessing } of pretrainedWeights.filter(isGoogles)) {
      const { shape, data } = preprocess(white, preprocessing);
      expect(shape, model).toEqual([1, 3, preprocessing.crop, preprocessing.crop]);
      for (const value of data) if (Math.abs(value - 1) > 1e-6) throw new Error(`${model}: white is ${value}`);
    }
  });

  const [{ preprocessing }] = pretrainedWeights;

  it("puts a batch of pictures of any size and mode one after another", () => {
    const pictures = [drawnPicture("a", 300, 240, "RGBA"), drawnPicture("b", 231, 229, "L")];
    const batch = preprocess(pictures, preprocessing);
    expect(batch.shape).toEqual([2, 3, 224, 224]);
    expect([...batch.data]).toEqual(pictures.flatMap((picture) => [...preprocess(picture, preprocessing).data]));
  });

  it("is fitting followed by normalising", () => {
    const picture = drawnPicture("a", 300, 240, "LA");
    const fitted = fitPicture(picture, preprocessing);
    expect(fitted).toMatchObject({ mode: "RGB", width: 224, height: 224 });
    expect(normalisePicture(fitted, preprocessing)).toEqual(preprocess(picture, preprocessing));
  });

  it("refuses what it cannot execute", () => {
    const picture = drawnPicture("a", 30, 24, "RGB");
    const refusal = (change: object) => () => preprocess(picture, { ...preprocessing, ...change });
    expect(refusal({ antialias: false })).toThrow(/^INVALID_ATTRIBUTE: preprocessing\.antialias: .*Pillow/);
    expect(refusal({ interpolation: "nearest" })).toThrow(/^INVALID_ATTRIBUTE: preprocessing\.interpolation/);
    expect(refusal({ crop: 0 })).toThrow(/^INVALID_ATTRIBUTE: preprocessing\.crop/);
    expect(refusal({ mean: [0.5] })).toThrow(/^INVALID_ATTRIBUTE: preprocessing\.mean/);
    expect(refusal({ size: 224 })).toThrow(/^INVALID_ATTRIBUTE: preprocessing\.size: no such option/);
    expect(() => preprocess([], preprocessing)).toThrow(/^INVALID_SHAPE: pictures: no pictures/);
    expect(() => preprocess(drawnPicture("thin", 1, 300, "L"), preprocessing)).toThrow(/^INVALID_SHAPE: size\.height/);
  });
});
