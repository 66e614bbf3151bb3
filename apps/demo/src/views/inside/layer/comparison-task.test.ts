import { float32, uniform } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { comparison } from "./comparison-task.js";
import { layer } from "./layer-task.js";

const network = { model: "resnet18", size: 32, weights: { kind: "seed", seed: 1 } } as const;
const given = { key: "resnet18", network, base: "", pages: 1 };
const context = { signal: new AbortController().signal, tell: () => undefined, move: () => undefined };
const image = float32([1, 3, 32, 32], uniform(1, "image", 3 * 32 * 32, 0, 1));

it.each(["conv1", "layer1.0.add", "layer4.1.add", "avgpool", "fc"])(
  "finds the oracle within its bound in %s, though it keeps float64 from node to node in the network",
  async (node) => {
    const first = await layer({ ...given, node, backend: "reference", image, imageKey: "image" }, context);
    const { capabilities, whole } = first;
    const { worst, shares } = await comparison(
      { ...given, node, backend: "reference", first: { ...whole, capabilities } },
      context,
    );
    expect(worst.a.share).toBeLessThanOrEqual(1);
    expect(worst.between.share).toBe(0);
    expect(shares.between.wild).toBe(0);
    expect(first.milliseconds).toBeGreaterThan(0);
  },
);

it("does not judge elements that NaN reaches if the backend guarantees nothing about NaN", async () => {
  const node = "conv1";
  const wild = float32([1, 3, 32, 32], new Float32Array(3 * 32 * 32).fill(NaN));
  const { capabilities, whole } = await layer(
    { ...given, node, backend: "reference", image: wild, imageKey: "wild" },
    context,
  );
  const value = float32(whole.value.shape, new Float32Array(whole.value.data.length));
  const worstOf = async (nonFinite: "ieee" | "indeterminate"): Promise<number> => {
    const first = { ...whole, value, capabilities: { ...capabilities, nonFinite } };
    return (await comparison({ ...given, node, backend: "reference", first }, context)).worst.a.share;
  };
  expect(await worstOf("ieee")).toBe(Infinity);
  expect(await worstOf("indeterminate")).toBe(0);
});
