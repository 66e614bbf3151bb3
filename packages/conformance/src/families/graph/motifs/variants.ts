import { graphBuilder, type ConcreteShape, type GraphBuilder, type Outputs, type Value } from "@isoconv/core-spec";
import { pairsOf, type Combination } from "../combinations.js";
import type { Budget } from "../../../plan/budget.js";
import type { GraphSubject } from "../subject.js";
import type { Motif, Site } from "./motif.js";

const choices = {
  /** Who reads a value between two stages: the next stage alone; the next stage twice; another node; the caller. */
  middle: ["alone", "twice", "elsewhere", "output"],
  /** What a weight is, and who else reads it: the same stage on another operand, or another node. */
  weights: ["parameters", "twin", "elsewhere", "fed", "computed", "moved"],
} as const;

type Variant = Combination<typeof choices>;

/**
 * The graphs of motifs: each as it is, and in circumstances in which a fusion or folding is wrong. Quick has one of these
 * for each motif, another for the next, so that motifs of the same operations have all of them; full has every one, soak
 * every two.
 */
export function subjectsOf(motifs: readonly Motif[], budget: Budget): readonly GraphSubject[] {
  return motifs.flatMap((motif, index) => {
    const [plain, ...others] = variantsOf(motif);
    const single = others.filter(({ middle, weights }) => middle === plain.middle || weights === plain.weights);
    const drawn = budget === "quick" ? single.filter((_, k) => k === index % single.length) : single;
    return [plain, ...(budget === "soak" ? others : drawn)].map((variant): GraphSubject => ({
      name: `motif/${motif.name}/${nameOf(variant)}`,
      build: (g) => assemble(g, motif, variant),
    }));
  });
}

/** Every pair of circumstances; the motif as it is comes first. */
function variantsOf(motif: Motif): readonly Variant[] {
  const middle = motif.stages.length > 1 ? choices.middle : (["alone"] as const);
  const weights = hasWeights(motif) ? choices.weights : (["parameters"] as const);
  return pairsOf({ middle, weights });
}

/** The variant as the last part of an id: what differs from the motif as it is. */
function nameOf({ middle, weights }: Variant): string {
  const parts = [
    ...(middle === "alone" ? [] : [`middle-${middle}`]),
    ...(weights === "parameters" ? [] : [`weights-${weights}`]),
  ];
  return parts.length === 0 ? "plain" : parts.join("-");
}

function hasWeights({ x: shape, stages }: Motif): boolean {
  const g = graphBuilder("probe");
  let isAsked = false;
  const weight: Site["weight"] = (stem, weightShape) => {
    isAsked = true;
    return g.parameter(g.freshName(stem), weightShape);
  };
  const entry = g.input("x", shape);
  stages.reduce((x, stage) => stage(x, { g, entry, weight }), entry);
  return isAsked;
}

function assemble(g: GraphBuilder, { x: shape, stages }: Motif, { middle, weights }: Variant): Outputs<Value> {
  const others: Value[] = [];
  const entry = g.input("x", shape);
  const newSite = (): { readonly site: Site; readonly held: ReadonlyMap<string, Value> } => {
    const held = new Map<string, Value>();
    const weight: Site["weight"] = (stem, weightShape) => {
      const known = held.get(stem) ?? enterWeight(g, weights, stem, weightShape);
      held.set(stem, known);
      return known;
    };
    return { site: { g, entry, weight }, held };
  };
  let x = entry;
  for (const stage of stages) {
    const { site, held } = newSite();
    const y = stage(x, site);
    if (weights === "twin" && held.size > 0) others.push(stage(g.input(g.freshName("twin"), x.shape), site));
    if (weights === "elsewhere") others.push(...[...held.values()].map((weight) => g.relu({ x: weight })));
    if (x !== entry && middle === "twice") others.push(stage(x, newSite().site));
    if (x !== entry && middle === "elsewhere") others.push(g.add({ a: x, b: g.parameter(g.freshName("other"), [1]) }));
    if (x !== entry && middle === "output") others.push(x);
    x = y;
  }
  return [["y", x], ...others.map((value, k) => [`other${k}`, value] as const)];
}

function enterWeight(g: GraphBuilder, kind: Variant["weights"], stem: string, shape: ConcreteShape): Value {
  const parameter = (of: ConcreteShape): Value => g.parameter(g.freshName(stem), of);
  switch (kind) {
    case "fed":
      return g.input(g.freshName(stem), shape);
    case "computed":
      return g.add({ a: parameter(shape), b: parameter(shape.map((extent, axis) => (axis === 0 ? extent : 1))) });
    case "moved":
      return shape.length > 1
        ? g.transpose({ x: parameter(shape.toReversed()) }, { permutation: shape.map((_, axis) => axis).toReversed() })
        : g.slice({ x: parameter([shape[0] + 1]) }, { starts: [1], ends: [shape[0] + 1] });
    default:
      return parameter(shape);
  }
}
