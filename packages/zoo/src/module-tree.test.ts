import { avgPool2d, conv2d, identity, relu, sequential, trace, type Module } from "@isoconv/nn";
import { describe, expect, it } from "vitest";
import { createModel } from "./create-model.js";
import { models } from "./models.js";
import { moduleTree, type ModuleTree } from "./module-tree.js";

/** `a(b c)`: paths, children in brackets. */
function print(tree: ModuleTree): string {
  return tree.kind === "node" ? tree.path : `${tree.path}(${tree.children.map(print).join(" ")})`;
}

function treeOf(module: Module): string {
  return print(moduleTree(trace(module, { name: "net", input: { shape: ["N", 1, 8, 8] } })));
}

describe("moduleTree", () => {
  it("nests modules by path, with layers as leaves", () => {
    const block = sequential({ conv: conv2d(1, 1, { kernelSize: 1 }), relu: relu() });
    expect(treeOf(sequential({ stem: relu(), body: sequential([block, block]) }))).toBe(
      "(stem body(body.0(body.0.conv body.0.relu) body.1(body.1.conv body.1.relu)))",
    );
  });

  it("keeps a module's own nodes in their place among its children", () => {
    const block: Module = (scope, x) => {
      const y = scope.call("first", relu(), x);
      return scope.call("last", relu(), scope.graph.add({ a: x, b: y }, {}, scope.nodeName("add")));
    };
    expect(treeOf(sequential({ block }))).toBe("(block(block.first block.add block.last))");
  });

  it("shows a layer of two nodes as a module", () => {
    const pool = avgPool2d({ kernelSize: 3, stride: 1, padding: 1 });
    expect(treeOf(sequential({ pool }))).toBe("(pool(pool.pad2d pool))");
  });

  it("leaves out modules that compute nothing", () => {
    expect(treeOf(sequential({ nothing: identity(), relu: relu() }))).toBe("(relu)");
  });

  it("is flat without modules", () => {
    const { graph } = createModel("d2l/resnet18");
    expect(moduleTree({ graph, modules: new Map() }).children).toHaveLength(graph.nodes.length);
  });

  it.each(models.map(({ name }) => name))("contains every node of %s once, in order", (name) => {
    const model = createModel(name);
    const nodesOf = (tree: ModuleTree): readonly string[] =>
      tree.kind === "node" ? [tree.node.name] : tree.children.flatMap(nodesOf);
    expect(nodesOf(moduleTree(model))).toEqual(model.graph.nodes.map((node) => node.name));
  });
});
