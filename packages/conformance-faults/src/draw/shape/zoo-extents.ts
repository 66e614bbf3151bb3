import { bindShape, mapOperands, opNames, shapesOf, type OpName } from "@isoconv/core-spec";
import { createModel, models } from "@isoconv/zoo";
import { callOf } from "../call.js";
import { measure, rolesOf, type Role } from "./roles.js";

/** Roles that networks of the zoo use little, or never with one image: the largest value to draw all the same. */
const atLeast: Readonly<Partial<Record<Role, number>>> = {
  batch: 64,
  groups: 64,
  rank: 8,
  "kernel height": 7,
  "kernel width": 7,
  stride: 4,
  dilation: 6,
  padding: 6,
  taps: 64,
  operands: 16,
  scale: 8,
  "output extent": 7,
  "reduced extent": 1024,
};

/** The elements of VGG's largest value. Witnesses must be cheap; only the filters of linear layers are larger. */
const MOST = 3_211_264;

let known: ReadonlyMap<string, number> | undefined;

/**
 * The largest extent of a role in the networks of the zoo at their published sizes: of this operation, or of all where
 * the zoo does not use it. At most 224×224×64, the elements of VGG's first layer.
 */
export function largestExtent(op: OpName, role: Role): number {
  known ??= measureZoo();
  const own = known.get(`${op}/${role}`) ?? Math.max(...opNames.map((each) => known?.get(`${each}/${role}`) ?? 0));
  return Math.max(Math.min(own, MOST), atLeast[role] ?? 0, 2);
}

function measureZoo(): ReadonlyMap<string, number> {
  const largest = new Map<string, number>();
  for (const { name } of models) {
    const { graph } = createModel(name);
    const shapes = shapesOf(graph);
    for (const node of graph.nodes) {
      const inputs = mapOperands<string, { shape: readonly number[] }>(node.inputs, (value) => ({
        shape: bindShape(shapes.get(value) ?? [], 1),
      }));
      const call = callOf(node.op, inputs, node.attrs, bindShape(node.shape, 1));
      for (const role of rolesOf(node.op)) {
        const key = `${node.op}/${role}`;
        largest.set(key, Math.max(largest.get(key) ?? 0, measure(call, role)));
      }
    }
  }
  return largest;
}
