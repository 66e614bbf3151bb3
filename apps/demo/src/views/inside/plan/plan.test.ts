import { createModel, drawingOf } from "@isoconv/zoo";
import { describe, expect, it } from "vitest";
import { planOf } from "./plan.js";

describe("planOf", () => {
  it("has the box of every node, and the last node of every box", () => {
    const { nodes, boxes, filters } = planOf(createModel("d2l/lenet"), undefined);
    expect(nodes.slice(0, 3)).toEqual([
      { name: "0", op: "conv2d", shape: "N×6×28×28", box: "0" },
      { name: "1", op: "sigmoid", shape: "N×6×28×28", box: "0" },
      { name: "2", op: "avgPool2d", shape: "N×6×14×14", box: "2" },
    ]);
    expect(boxes.get("0")).toBe("1");
    expect(boxes.get("output:logits")).toBe(nodes.at(-1)?.name);
    expect(filters).toBe("0");
  });

  it("assigns the nodes of closed modules to the box of the module", () => {
    const { nodes } = planOf(createModel("resnet50"), 2);
    expect(nodes.find(({ name }) => name === "layer1.2.conv1")?.box).toBe("layer1.1");
  });

  it.each(["lenet5", "googlenet", "shufflenet_v2_x0_5", "convnext_tiny", "efficientnet_b0"])(
    "leaves no node of %s without a box, nor a box without a node",
    (name) => {
      const model = createModel(name);
      for (const depth of [undefined, 1, 9]) {
        const { nodes, boxes } = planOf(model, depth);
        expect(nodes.filter(({ box }) => box === "")).toEqual([]);
        const drawn = drawingOf(model, depth === undefined ? {} : { depth }).boxes.filter(
          ({ kind }) => kind !== "input",
        );
        expect(drawn.filter(({ id }) => !boxes.has(id))).toEqual([]);
      }
    },
  );
});
