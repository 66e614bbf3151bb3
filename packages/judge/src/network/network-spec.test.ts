import { expect, it } from "vitest";
import { oneOpNetwork } from "./example-network.js";
import { fillNetwork } from "./network-spec.js";

const values = [1e30, -65_519, 1 + 2 ** -12, 1e-9, Infinity, Number.NaN];
const spec = oneOpNetwork("values", "relu", { x: [6] }, {}, { fills: { x: { kind: "cycle", values } } });

it.each(["f16", "f16-storage"] as const)(
  "fills with numbers of half precision for %s, finite where they were",
  (arithmetic) => {
    const { x } = fillNetwork(spec, { arithmetic }).feeds;
    expect([...x.data]).toEqual([65_504, -65_504, 1, 0, Infinity, Number.NaN]);
  },
);

it("fills with float32 numbers for other classes", () => {
  expect(fillNetwork(spec, { arithmetic: "tf32" }).feeds.x.data).toEqual(Float32Array.from(values));
});
