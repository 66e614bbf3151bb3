import { formatShape } from "@isoconv/core-spec";
import { drawingOf, renderSvg, type Drawing, type Model } from "@isoconv/zoo";
import { activationPlan, type ActivationPlan } from "../activation/activation-plan.js";

/** What the view needs of a network before anything runs. */
export interface Plan {
  /** The drawing as SVG. The group of each box has the box's id in `data-box`. */
  readonly svg: string;
  /** The deepest level to which modules can be opened. */
  readonly deepest: number;
  /** In the order of computation. */
  readonly nodes: readonly PlanNode[];
  /** The last node of each box that can be chosen. */
  readonly boxes: ReadonlyMap<string, string>;
  /** The first convolution. */
  readonly filters: string | undefined;
  readonly activation: ActivationPlan;
}

export interface PlanNode {
  readonly name: string;
  readonly op: string;
  readonly shape: string;
  /** The box that shows the node. */
  readonly box: string;
}

/** Computes everything that depends on the architecture alone. */
export function planOf(model: Model, depth: number | undefined): Plan {
  const drawing = drawingOf(model, depth === undefined ? {} : { depth });
  const boxOf = boxFinder(drawing);
  const nodes = model.graph.nodes.map(({ name, op, shape }): PlanNode => ({
    name,
    op,
    shape: formatShape(shape),
    box: boxOf(name),
  }));
  const outputs = new Map(model.graph.outputs.map(({ name, value }) => [`output:${name}`, value]));
  return {
    svg: renderSvg(drawing, { direction: "right" }),
    deepest: Math.max(...[...model.modules.keys()].map((path) => path.split(".").length)),
    nodes,
    boxes: new Map([...nodes.map(({ box, name }) => [box, name] as const), ...outputs]),
    filters: model.graph.nodes.find(({ op }) => op === "conv2d")?.name,
    activation: activationPlan(model.graph),
  };
}

/** Node names begin with the path of the module they belong to. */
function boxFinder({ boxes }: Drawing): (node: string) => string {
  const owners = new Map(boxes.flatMap(({ id, paths }) => paths.map((path) => [path, id] as const)));
  return (node) => {
    for (let path = node; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
      const owner = owners.get(path);
      if (owner !== undefined) return owner;
    }
    return "";
  };
}
