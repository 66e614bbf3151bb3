import { describe, expect, it } from "vitest";
import { answered, cases } from "./cases.test.support.js";
import { wrongChannel } from "./checksum.js";
import { contractionOf, isLinear } from "./contraction.js";

describe.each(cases)("%s", (...testCase) => {
  const prepare = async () => {
    const { node, tensorOf, expected } = await answered(testCase);
    if (!isLinear(node)) throw new Error(`${node.op} is not linear`);
    const plane = node.op === "linear" ? 1 : expected.shape[2] * expected.shape[3];
    const channels = node.op === "linear" ? expected.shape.at(-1)! : expected.shape[1];
    return { contraction: contractionOf(node, tensorOf), right: expected.value, plane, channels };
  };

  it("accepts the oracle's result", async () => {
    const { contraction, right } = await prepare();
    for (const key of ["a", "b", "c"]) expect(wrongChannel(contraction, right, key)).toBeUndefined();
  });

  it("names the channel of each single wrong element", async () => {
    const { contraction, right, plane, channels } = await prepare();
    const wrong = right.slice();
    for (const [k, value] of right.entries()) {
      const place = { image: Math.floor(k / plane / channels), channel: Math.floor(k / plane) % channels };
      wrong[k] = [value + 1, value - 2 ** 20, value + 0.5, Number.NaN, -Infinity][k % 5];
      expect(wrongChannel(contraction, wrong, "k")).toEqual(place);
      wrong[k] = value;
    }
  });

  it("detects swapped elements, shifted rows and errors that add up to 0", async () => {
    const { contraction, right } = await prepare();
    const swapped = right.slice();
    const other = right.findIndex((value) => value !== right[0]);
    [swapped[0], swapped[other]] = [right[other], right[0]];
    expect(wrongChannel(contraction, swapped, "k")).toBeDefined();
    const shifted = Float64Array.from(right, (_, k) => right[(k + 1) % right.length]);
    expect(wrongChannel(contraction, shifted, "k")).toBeDefined();
    for (let k = 1; k < Math.min(right.length, 40); k += 1) {
      const cancelling = right.slice();
      cancelling[k - 1] += 1;
      cancelling[k] -= 1;
      expect(wrongChannel(contraction, cancelling, "k")).toBeDefined();
    }
  });
});
