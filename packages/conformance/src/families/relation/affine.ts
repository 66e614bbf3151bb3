import { float32, graphBuilder, type Shape } from "@isoconv/core-spec";
import { type FilledNetwork, oneOpNetwork } from "@isoconv/judge";
import type { Restatement } from "./statement.js";

const image: Shape = ["N", 4, 7, 6];

/** With constant statistics a batch norm is an affine function. */
export const affineBatchNorm: Restatement = {
  kind: "restatement",
  doc: "A batch norm is a multiplication and an addition for each channel.",
  equality: "bounds",
  subjects: () =>
    [1e-5, 1e-3].map((epsilon) => ({
      op: "batchNorm",
      variant: `eps-${epsilon}`,
      network: oneOpNetwork(
        `affine-${epsilon}`,
        "batchNorm",
        { x: image, mean: [4], variance: [4], scale: [4], offset: [4] },
        { epsilon },
        { fills: { variance: { kind: "cycle", values: [1e-4, 0.5, 1, 2e-3] } } },
      ),
    })),
  restate: ({ graph, parameters, feeds }) => {
    const [node] = graph.nodes;
    if (node.op !== "batchNorm") throw new Error(`"${graph.name}" is no batch norm`);
    const { epsilon } = node.attrs;
    const { mean, variance, scale, offset } = parameters;
    const factors = Array.from(scale.data, (gamma, c) => gamma / Math.sqrt(variance.data[c] + epsilon));
    const addends = factors.map((factor, c) => offset.data[c] - factor * mean.data[c]);
    const perChannel: Shape = [factors.length, 1, 1];
    const g = graphBuilder(`${graph.name}-affine`);
    const x = g.input("x", graph.inputs[0].shape);
    const y = g.add({ a: g.mul({ a: x, b: g.parameter("s", perChannel) }), b: g.parameter("t", perChannel) });
    const network: FilledNetwork = {
      graph: g.build({ y }),
      parameters: { s: float32([factors.length, 1, 1], factors), t: float32([factors.length, 1, 1], addends) },
      feeds,
    };
    return { parts: [{ network }], read: ([only]) => only };
  },
};
