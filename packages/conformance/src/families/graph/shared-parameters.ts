import type { ConcreteShape, GraphBuilder, Value } from "@isoconv/core-spec";
import type { Budget } from "../../plan/budget.js";
import { ladders } from "./ladders.js";
import type { GraphSubject } from "./subject.js";

/** A parameter with a role in an operation, and how a node uses it. */
interface Role {
  readonly shape: ConcreteShape;
  readonly use: (g: GraphBuilder, x: Value, shared: Value) => Value;
}

const C = 4;
const parameter = (g: GraphBuilder, stem: string): Value => g.parameter(g.freshName(stem), [C]);
const norm = (g: GraphBuilder, x: Value, statistics: { readonly scale?: Value; readonly mean?: Value }): Value =>
  g.batchNorm({ x, mean: parameter(g, "mean"), variance: parameter(g, "variance"), ...statistics }, { epsilon: 1e-3 });
const pointwise = (g: GraphBuilder, x: Value, bias?: Value): Value =>
  g.conv2d({ x, w: g.parameter(g.freshName("w"), [C, C, 1, 1]), ...(bias === undefined ? {} : { bias }) });

/** Uses of a `[C, C, 1, 1]` parameter; the nodes behind it invite folding into the shared weights. */
const weightUses: Readonly<Record<string, Role["use"]>> = {
  conv: (g, x, w) => g.conv2d({ x, w }),
  "conv-bias": (g, x, w) => g.conv2d({ x, w, bias: parameter(g, "bias") }),
  "conv-norm": (g, x, w) => norm(g, g.conv2d({ x, w }), { scale: parameter(g, "scale") }),
  "conv-scale": (g, x, w) => g.mul({ a: g.conv2d({ x, w }), b: g.parameter(g.freshName("c"), [C, 1, 1]) }),
  "scale-conv": (g, x, w) => g.conv2d({ x: g.mul({ a: x, b: g.parameter(g.freshName("c"), [C, 1, 1]) }), w }),
  "strided-conv": (g, x, w) => g.conv2d({ x, w }, { strides: [2, 1] }),
  transposed: (g, x, w) => g.convTranspose2d({ x, w }),
  sum: (g, x, w) => g.add({ a: x, b: g.reshape({ x: w }, { shape: [C, C, 1] }) }),
};

/** Uses of a `[C]` parameter. */
const vectorUses: Readonly<Record<string, Role["use"]>> = {
  bias: (g, x, bias) => pointwise(g, x, bias),
  "bias-norm": (g, x, bias) => norm(g, pointwise(g, x, bias), {}),
  scale: (g, x, scale) => norm(g, pointwise(g, x), { scale }),
  mean: (g, x, mean) => norm(g, x, { mean }),
  "scale-and-mean": (g, x, scale) => norm(g, pointwise(g, x), { scale, mean: scale }),
  slope: (g, x, slope) => g.prelu({ x, slope }),
  row: (g, x, c) => g.add({ a: x, b: c }),
  "line-scale": (g, x, scale) => g.layerNorm({ x, scale }, { axis: 1, epsilon: 1e-3 }),
};

/** Square images, so that a parameter of C elements fits rows as well as channels. */
const image = ["N", C, C, C] as const;

/**
 * Parameters that several nodes use: the same use in each, and as many uses as there are. Larger budgets add every two
 * uses.
 */
export function sharedParameters(budget: Budget): readonly GraphSubject[] {
  return [...subjects("weight", [C, C, 1, 1], weightUses, budget), ...subjects("vector", [C], vectorUses, budget)];
}

function subjects(
  kind: string,
  shape: ConcreteShape,
  uses: Readonly<Record<string, Role["use"]>>,
  budget: Budget,
): readonly GraphSubject[] {
  const all = Object.entries(uses);
  const alike = all.flatMap(([name, use]) =>
    ladders.sharers[budget === "quick" ? "quick" : "full"].map((count) =>
      subject(
        `${kind}-${name}-${count}`,
        shape,
        Array.from({ length: count }, () => use),
      ),
    ),
  );
  const pairs = all.flatMap(([name, use], k) =>
    all.slice(k + 1).map(([other, otherUse]) => subject(`${kind}-${name}-${other}`, shape, [use, otherUse])),
  );
  return [...alike, ...(budget === "quick" ? [] : pairs), subject(`${kind}-all`, shape, Object.values(uses))];
}

function subject(name: string, shape: ConcreteShape, uses: readonly Role["use"][]): GraphSubject {
  return {
    name: `shared-parameter/${name}`,
    build: (g) => {
      const shared = g.parameter("shared", shape);
      return uses.map((use, k) => [`y${k}`, use(g, g.input(`x${k}`, image), shared)] as const);
    },
  };
}
