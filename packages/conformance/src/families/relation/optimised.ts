import type { GraphBuilder, Shape, Value } from "@isoconv/core-spec";
import { fillsFor } from "@isoconv/judge";
import { subject, type Restatement, type RelatedNetwork } from "./statement.js";

const image: Shape = ["N", 4, 7, 6];

/** A graph after the passes computes the same results. */
export const optimised: Restatement = {
  kind: "restatement",
  doc: "A graph compiled with the backend's own passes gives the results of the graph compiled as written.",
  equality: "bounds",
  subjects: () => {
    const network = (variant: string, build: (g: GraphBuilder) => Readonly<Record<string, Value>>): RelatedNetwork =>
      subject(undefined, variant, build, { fills: fillsFor(["variance"]) });
    const norm = (g: GraphBuilder, x: Value): Value => {
      const statistics = {
        mean: g.parameter("mean", [4]),
        variance: g.parameter("variance", [4]),
        scale: g.parameter("scale", [4]),
        offset: g.parameter("offset", [4]),
      };
      return g.batchNorm({ x, ...statistics }, { epsilon: 1e-3 });
    };
    const conv = (g: GraphBuilder, groups = 1): Value =>
      g.conv2d(
        { x: g.input("x", image), w: g.parameter("w", [4, 4 / groups, 3, 3]), bias: g.parameter("bias", [4]) },
        { pads: [1, 1, 1, 1], groups },
      );
    return [
      network("conv-bn-relu", (g) => ({ y: g.relu({ x: norm(g, conv(g)) }) })),
      network("depthwise-bn-relu6", (g) => ({ y: g.clip({ x: norm(g, conv(g, 4)) }, { min: 0, max: 6 }) })),
      network("conv-shared-bn", (g) => {
        const shared = conv(g);
        return { y: g.add({ a: norm(g, shared), b: shared }) };
      }),
      network("conv-shared-relu", (g) => {
        const shared = conv(g);
        return { y: g.add({ a: g.relu({ x: shared }), b: shared }) };
      }),
      network("conv-output-bn", (g) => {
        const seen = conv(g);
        return { seen, y: norm(g, seen) };
      }),
      network("conv-relu-bn", (g) => ({ y: norm(g, g.relu({ x: conv(g) })) })),
      network("conv-dropout-bn-relu", (g) => ({ y: g.relu({ x: norm(g, g.dropout({ x: conv(g) })) }) })),
      network("bn-conv", (g) => {
        const x = norm(g, g.input("x", image));
        return { y: g.conv2d({ x, w: g.parameter("w", [3, 4, 3, 3]) }, { pads: [1, 1, 1, 1] }) };
      }),
      network("transposed-conv-bn", (g) => {
        const x = g.convTranspose2d({ x: g.input("x", image), w: g.parameter("w", [4, 4, 2, 2]) }, { strides: [2, 2] });
        return { y: g.relu({ x: norm(g, x) }) };
      }),
      network("linear-relu-dead-node", (g) => {
        const x = g.linear({ x: g.input("x", ["N", 6]), w: g.parameter("w", [4, 6]), bias: g.parameter("bias", [4]) });
        g.sigmoid({ x });
        return { y: g.relu({ x }) };
      }),
      network("flatten-dropout-linear", (g) => {
        const x = g.dropout({ x: g.flatten({ x: conv(g) }) });
        return { y: g.linear({ x, w: g.parameter("fc.w", [3, 168]) }) };
      }),
    ];
  },
  restate: (network) => ({ parts: [{ network, options: { passes: [] } }], read: ([only]) => only }),
};
