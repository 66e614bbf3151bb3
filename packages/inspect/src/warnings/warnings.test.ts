import { createBackend } from "@isoconv/backend-reference";
import { float32, uniform } from "@isoconv/core-spec";
import { createModel } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { feedWarnings, resultWarnings, variantWarnings, weightWarnings, type FeedContext } from "../warnings.js";

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** Two images, of values between the bounds. */
const images = (low: number, high: number) => float32([2, 3, 4, 4], uniform(1, "images", 96, low, high));
const codes = (feed: ReturnType<typeof images>, context?: FeedContext): readonly string[] =>
  feedWarnings({ input: feed }, context).map(({ code }) => code);

describe("feeds", () => {
  it.each<[string, number, number, FeedContext["normalisation"], readonly string[]]>([
    ["normalised for ImageNet", -2.1, 2.6, IMAGENET, []],
    ["from 0 to 255", 0, 255, IMAGENET, ["UNNORMALISED_INPUT"]],
    ["from 0 to 255", 0, 255, "scaled", ["UNNORMALISED_INPUT"]],
    ["in [0, 1]", 0, 1, IMAGENET, ["UNNORMALISED_INPUT"]],
    ["in [0, 1]", 0, 1, "scaled", []],
    ["from 0 to 255", 0, 255, undefined, []],
    ["with the mean subtracted", -120, 130, "scaled", []],
  ])("%s (%f to %f) for %j: %j", (_what, low, high, normalisation, expected) => {
    expect(codes(images(low, high), { normalisation })).toEqual(expected);
  });

  it("says which images are not normalised, and how to normalise them", () => {
    const mixed = images(-2, 2);
    mixed.data.set(uniform(2, "pixels", 48, 0, 255), 48);
    expect(feedWarnings({ input: mixed }, { normalisation: IMAGENET })).toEqual([
      {
        code: "UNNORMALISED_INPUT",
        path: 'feeds["input"]',
        message:
          "image 1: the values are from 0 to 255, but the network takes normalised images. " +
          "Scale them to [0, 1], subtract the mean 0.485, 0.456, 0.406 and divide by 0.229, 0.224, 0.225",
      },
    ]);
  });

  it("an image of one colour is constant, whatever its values", () => {
    const black = images(-2, 2);
    for (let channel = 0; channel < 3; channel += 1) black.data.fill(channel - 1, channel * 16, (channel + 1) * 16);
    expect(feedWarnings({ input: black })[0]).toMatchObject({
      code: "CONSTANT_IMAGE",
      message: expect.stringContaining("image 0: every pixel has the same colour") as string,
    });
    expect(codes(float32([1, 3, 4, 4]), { normalisation: IMAGENET })).toEqual(["CONSTANT_IMAGE"]);
    expect(codes(float32([1, 3, 1, 1]))).toEqual([]);
  });

  it.each<[FeedContext["nonFinite"], RegExp]>([
    ["ieee", /^2 of 96 values are not finite, first NaN at \[0, 1, 0, 1\]\. The results that depend on them/],
    ["indeterminate", /This backend may drop NaN and still return a class, which then means nothing/],
  ])("NaN and ∞ on a backend whose non-finite values are %s", (nonFinite, message) => {
    const spoilt = images(-2, 2);
    spoilt.data[17] = Number.NaN;
    spoilt.data[90] = -Infinity;
    const [warning] = feedWarnings({ input: spoilt }, { nonFinite });
    expect(warning.code).toBe("NON_FINITE_INPUT");
    expect(warning.message).toMatch(message);
  });

  it("inputs that are no images are searched for NaN alone", () => {
    expect(feedWarnings({ x: float32([3, 2]) }, { normalisation: IMAGENET })).toEqual([]);
    expect(feedWarnings({ x: float32([1], [Number.NaN]) })).toHaveLength(1);
  });
});

describe("weights", () => {
  it("that are not finite are named, three at most", () => {
    const bad = float32([2], [1, Number.NaN]);
    const found = weightWarnings({ a: bad, b: float32([1]), c: bad, d: bad, e: bad, f: bad });
    expect(found.map(({ code, path }) => [code, path])).toEqual([
      ["NON_FINITE_WEIGHTS", 'parameters["a"]'],
      ["NON_FINITE_WEIGHTS", 'parameters["c"]'],
      ["NON_FINITE_WEIGHTS", 'parameters["d"]'],
    ]);
    expect(found[2].message).toContain("and so in 2 more tensors");
  });

  it("of GoogLeNet and Inception need transformInput, if they are the published ones", () => {
    const codesOf = (name: string, options: object, isTransformed = false): readonly string[] =>
      variantWarnings(createModel(name, options), isTransformed).map(({ code }) => code);
    expect(codesOf("googlenet", {})).toEqual(["UNTRANSFORMED_INPUT"]);
    expect(codesOf("inception_v3", {})).toEqual(["UNTRANSFORMED_INPUT"]);
    expect(codesOf("googlenet", { transformInput: true }, true)).toEqual([]);
    expect(codesOf("googlenet", { classes: 10 })).toEqual([]);
    expect(codesOf("resnet18", {})).toEqual([]);
  });
});

it("results that are not finite are named", async () => {
  const { graph, parameters } = createModel("d2l/lenet");
  const weights = Object.fromEntries(parameters.map(({ name, shape }) => [name, float32(shape.map(Number))]));
  weights["11.bias"].data[3] = Number.NaN;
  await using backend = await createBackend();
  const executable = await backend.compile(graph, weights);
  expect(resultWarnings(await executable.run({ input: float32([1, 1, 28, 28]) }))).toEqual([
    {
      code: "NON_FINITE_OUTPUT",
      path: 'results["logits"]',
      message:
        "1 of 10 values are not finite, first NaN at [0, 3]. Look for NaN or very large values in weights and input",
    },
  ]);
});
