import { checkNoMore, checkOptions, graphBuilder, optionChecks, type Graph, type Shape } from "@isoconv/core-spec";
import type { Module } from "./module.js";
import type { ParameterSpec } from "./parameter.js";
import { rootScope } from "./scope.js";

export interface TraceOptions {
  /** The graph's name. */
  readonly name: string;
  /** The network's input: its name (`input` by default) and shape, whose first extent may be `"N"`. */
  readonly input: { readonly name?: string; readonly shape: Shape };
  /** The output's name; `logits` by default. */
  readonly output?: string;
}

/** A traced network as data: its graph, its tensors, and the values of its modules. */
export interface TracedModule {
  readonly graph: Graph;
  /** Parameters and buffers in the order of PyTorch's state_dict, and the constants, which are not in a state_dict. */
  readonly parameters: readonly ParameterSpec[];
  /**
   * The value each module returned, by module path, containers included: `layer1` maps to the value of its last block.
   * Pass the values as `taps` to read them.
   */
  readonly modules: ReadonlyMap<string, string>;
}

/**
 * Calls a module once to record its graph.
 *
 * @throws IsoconvError `INVALID_GRAPH`, `INVALID_ATTRIBUTE` or `INVALID_SHAPE`, naming the wrong module
 */
export function trace(module: Module, options: TraceOptions, ...none: never[]): TracedModule {
  checkOptions(options, { known: { name: true, input: true, output: optionChecks.text } }, { op: "trace" });
  checkNoMore(none, { op: "trace" });
  const { name, input, output = "logits" } = options;
  checkOptions(input, { known: { name: true, shape: true } }, { op: "trace", path: "options.input" });
  const graph = graphBuilder(name);
  const { scope, listParameters, modules } = rootScope(graph, name);
  const result = module(scope, graph.input(input.name ?? "input", input.shape));
  return Object.freeze({
    graph: graph.build({ [output]: result }),
    parameters: Object.freeze(listParameters()),
    modules,
  });
}
