import { createBackend, runOracle } from "@isoconv/backend-reference";
import { float32 } from "@isoconv/core-spec";
import { expect, it } from "vitest";
import { judgeNetwork } from "./judge-network.js";
import { Memo } from "./memo.js";
import { oneOpNetwork } from "./network/example-network.js";
import { fillNetwork } from "./network/network-spec.js";
import { differentRows, takeItems, takeResults, takeRows } from "./take-items.js";

const spec = oneOpNetwork("pool", "avgPool2d", { x: ["N", 2, 5, 4] }, { kernel: [3, 2] });
const network = fillNetwork({ ...spec, batch: 3 }, { arithmetic: "f32" });

it("takes from a result what the operation makes of the items", async () => {
  const { graph, parameters, feeds } = network;
  const { y: whole } = await runOracle(graph, parameters, feeds);
  const items = [2, 0, 2, 1];
  const { y } = await runOracle(graph, parameters, takeItems(network, items).feeds);
  expect(y.partial).toHaveLength(y.value.length);
  expect(takeResults(whole, items)).toEqual(y);
});

it("judges a row only if its bits differ from those of an earlier row of its item", async () => {
  const { graph } = network;
  const rows = [
    [1, 2],
    [3, 4],
    [1, 2],
    [3, 5],
    [1, -0],
  ];
  const results = { y: float32([5, 2], Float32Array.from(rows.flat())) };
  expect(differentRows(graph, results, [0, 1, 0, 1, 0])).toEqual([0, 1, 3, 4]);
  expect(takeRows(graph, results, [0, 3]).y).toEqual(float32([2, 2], Float32Array.of(1, 2, 3, 5)));
  // Results of another shape are judged as they are.
  expect(differentRows(graph, results, [0, 0])).toEqual([0, 1]);
});

it("names the element of the batch, whatever rows are equal", async () => {
  const { graph, parameters, feeds } = network;
  const items = [0, 1, 0, 1, 0];
  const { y } = await runOracle(graph, parameters, takeItems(network, items).feeds);
  const got = float32(y.shape, Float32Array.from(y.value));
  got.data[got.data.length - 1] += 1;
  const { capabilities } = await createBackend();
  const question = { key: "k", network, exactly: false, items };
  const judgement = await judgeNetwork(question, { y: got }, capabilities, new Memo());
  expect(judgement.reason).toContain("at [4, 1, 2, 2]");
  expect(feeds.x.shape[0]).toBe(3);
});

it("holds each item of a fast convolution to the bounds of its own image", async () => {
  const { graph, parameters, feeds } = fillNetwork(
    { ...oneOpNetwork("conv", "conv2d", { x: ["N", 1, 4, 4], w: [1, 1, 3, 3] }, {}), batch: 2 },
    { arithmetic: "f32" },
  );
  const x = float32(
    feeds.x.shape,
    Float32Array.from(feeds.x.data, (element, k) => (k < 16 ? element * 2 ** 20 : element)),
  );
  const large = { graph, parameters, feeds: { x } };
  const { y } = await runOracle(graph, parameters, { x });
  const { capabilities } = await createBackend();
  const judge = async (items: readonly number[]): Promise<boolean> => {
    const taken = takeResults(y, items);
    const got = float32(
      taken.shape,
      Float32Array.from(taken.value, (value) => value + 1),
    );
    const question = { key: "k", network: large, exactly: false, items };
    const declared = { ...capabilities, convAlgorithm: "fast" } as const;
    return (await judgeNetwork(question, { y: got }, declared, new Memo())).passed;
  };
  expect(await judge([0])).toBe(true);
  expect(await judge([0, 0, 0])).toBe(true);
  expect(await judge([1])).toBe(false);
  expect(await judge([0, 1])).toBe(false);
});
