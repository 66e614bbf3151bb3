import { graphFromJson, graphToJson } from "@isoconv/core-spec";
import { expect, test } from "vitest";
import { graphParameters } from "./graph-parameters.js";
import { batchNorm2d, conv2d, convTranspose2d, flatten, layerNorm, linear, prelu, sequential, trace } from "./index.js";

test("the parameters of a graph read from JSON are those of the traced network", () => {
  const network = sequential([
    conv2d(3, 4, { kernelSize: 3, padding: 1, groups: 1 }),
    batchNorm2d(4),
    prelu(4),
    convTranspose2d(4, 2, { kernelSize: 2 }),
    flatten(),
    layerNorm(2 * 9 * 9),
    linear(2 * 9 * 9, 5),
  ]);
  const { graph, parameters } = trace(network, { name: "net", input: { shape: ["N", 3, 8, 8] } });
  const read = graphParameters(graphFromJson(JSON.parse(JSON.stringify(graphToJson(graph)))));
  const facts = ({ name, shape, kind, fanIn, trainable }: (typeof parameters)[number]) => ({
    name,
    shape,
    kind,
    fanIn,
    trainable,
  });
  expect(read.map(facts)).toEqual(parameters.map(facts));
});
