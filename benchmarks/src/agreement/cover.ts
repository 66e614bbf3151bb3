import type { Node } from "@isoconv/core-spec";
import type { ModelGolden } from "@isoconv/goldens";
import { createModel } from "@isoconv/zoo";

/** Attributes that follow from how wide a network or how large its image is, and choose no other computation. */
const sizes: ReadonlySet<string> = new Set(["shape", "starts", "ends", "p"]);

/** Of these attributes only whether they are 1, which has kernels of its own: how large they are depends on the width. */
const counts: ReadonlySet<string> = new Set(["groups", "outputSize"]);

/** An operation with its attributes, sizes left out. */
function patternOf({ op, attrs }: Node): string {
  const entries = Object.entries(attrs).filter(([name]) => !sizes.has(name));
  return JSON.stringify([
    op,
    entries.map(([name, value]) => [name, counts.has(name) ? [value].flat().every((extent) => extent === 1) : value]),
  ]);
}

/** The operations of a network, each with its attributes. */
export function patternsOf({ model, options }: ModelGolden): ReadonlySet<string> {
  return new Set(createModel(model, options ?? {}).graph.nodes.map(patternOf));
}

/** A few of the networks, the smallest that have a pattern first, that have among them every pattern that all have. */
export function coverPatterns(goldens: readonly ModelGolden[]): readonly ModelGolden[] {
  const seen = new Set<string>();
  return goldens
    .toSorted((a, b) => a.parameters - b.parameters)
    .filter((golden) => {
      const patterns = [...patternsOf(golden)];
      const isNew = patterns.some((pattern) => !seen.has(pattern));
      for (const pattern of patterns) seen.add(pattern);
      return isNew;
    });
}
