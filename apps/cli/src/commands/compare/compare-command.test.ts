import { expect, it } from "vitest";
import { isoconvHere } from "../../command.test.support.js";

interface Printed {
  readonly verdict: string;
  readonly names: readonly string[];
  readonly count: number;
  readonly rows: readonly {
    readonly agrees: boolean;
    readonly accuracy?: number;
    readonly predictions: readonly number[];
    readonly probabilities: readonly number[];
  }[];
}

it("isoconv compare mobilenet_v2 names what is on photographs, and holds the logits to the oracle's", async () => {
  const { status, stdout } = await isoconvHere("compare", "mobilenet_v2", "--backend", "onnx-node", "--json");
  expect(status).toBe(0);
  const { verdict, names, count, rows } = JSON.parse(stdout) as Printed;
  expect({ verdict, names, count }).toEqual({
    verdict: "agree",
    names: ["chelsea.png", "coffee.png", "astronaut.webp"],
    count: 3,
  });
  expect(rows).toHaveLength(1);
  const [{ agrees, accuracy, predictions, probabilities }] = rows;
  expect({ agrees, accuracy, predictions }).toEqual({
    agrees: true,
    accuracy: undefined,
    predictions: [285, 967, 450],
  });
  expect(probabilities.map((probability) => probability.toFixed(3))).toEqual(["0.718", "0.992", "0.192"]);
});
