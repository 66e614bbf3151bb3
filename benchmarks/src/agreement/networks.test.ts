import type { Backend } from "@isoconv/core-spec";
import { modelGoldens, noiseFloorOf, type ModelGolden } from "@isoconv/goldens";
import { parameterCount } from "@isoconv/nn";
import { models } from "@isoconv/zoo";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { backends } from "../backends.js";
import { coverPatterns, patternsOf } from "./cover.js";
import { goldenNetwork } from "./golden-network.js";
import { measureAgreement } from "./measure.js";
import { oraclePrecision, oracleDeviation, oracleNoise } from "./oracle.js";

test.each(["small", "full"] as const)("every network of the zoo has a golden of the %s tier", (tier) => {
  expect(new Set(modelGoldens[tier].map(({ model }) => model))).toEqual(new Set(models.map(({ name }) => name)));
});

test("every golden has a noise floor", () => {
  for (const golden of [...modelGoldens.small, ...modelGoldens.full]) {
    expect(noiseFloorOf(golden), golden.id).toBeGreaterThan(0);
    expect(noiseFloorOf(golden), golden.id).toBeLessThan(1e-3);
  }
});

describe("on small images", () => {
  let opened: readonly Backend[] = [];
  beforeAll(async () => {
    opened = await Promise.all(Object.values(backends).map((open) => open()));
  });
  afterAll(() => Promise.all(opened.map((backend) => backend.dispose())));

  /** `npm run test:full` sets it. */
  const isFull = process.env["ISOCONV_FULL"] === "1";
  const cover = new Set(coverPatterns(modelGoldens.small));
  /** The others run a few networks that have every operation with every attribute. */
  const onAll = "onnx-node";

  /** Plain JavaScript takes minutes for the largest; `npm run bench:agreement` has them too. */
  const takes = ({ id }: Backend, golden: ModelGolden): boolean =>
    (isFull || id === onAll || cover.has(golden)) && (id !== "tfjs-cpu" || golden.parameters < 2e7);
  /** Larger ones take three to ten seconds each, most of them to initialise. */
  const isLarge = (golden: ModelGolden): boolean => golden.parameters > 1e7 && !cover.has(golden);

  it("the few networks that every backend runs have all operations and attributes of the zoo", () => {
    const patterns = (goldens: Iterable<ModelGolden>): ReadonlySet<string> =>
      new Set([...goldens].flatMap((golden) => [...patternsOf(golden)]));
    expect(patterns(cover)).toEqual(patterns(modelGoldens.small));
    expect(cover.size).toBeLessThan(modelGoldens.small.length / 2);
  });

  it.each(modelGoldens.small.filter((golden) => isFull || !isLarge(golden)))(
    "$id is PyTorch's on the oracle and on backends",
    async (golden) => {
      const network = goldenNetwork(golden);
      expect(parameterCount(network.model.parameters)).toBe(golden.parameters);
      expect(await oracleDeviation(golden, network)).toBeLessThan(oraclePrecision(golden));
      for (const backend of opened.filter((each) => takes(each, golden))) {
        const { agrees, deviation, bound } = await measureAgreement(backend, golden, network);
        expect({ backend: backend.id, deviation, bound, agrees }).toMatchObject({ agrees: true });
      }
    },
  );

  /** The oracle runs six times for a noise floor. */
  const isCheap = ({ parameters, inputShape }: ModelGolden): boolean =>
    parameters < (isFull ? 2e7 : 2e6) && inputShape[2] < 64;

  it.each(modelGoldens.small.filter(isCheap))("the noise floor of $id is the recorded one", async (golden) => {
    const { noiseFloor } = await oracleNoise(golden, goldenNetwork(golden));
    expect(noiseFloor / noiseFloorOf(golden)).toBeCloseTo(1, 6);
  });
});
