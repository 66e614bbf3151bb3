import type { GraphBuilder, Value } from "@isoconv/core-spec";
import type { ConstantOptions, ParameterOptions } from "./parameter.js";

/**
 * A layer or a network: a function that takes a value, adds nodes to the traced graph and returns a value.
 *
 * Parameters are named by where the module is called, not by the module itself, so a module is an ordinary function
 * that can be written anywhere, passed around and called under several names.
 */
export type Module = (scope: Scope, x: Value) => Value;

/** The nodes a module may add to the graph: every operation, but no inputs, parameters or outputs. */
export type GraphOperations = Omit<GraphBuilder, "input" | "parameter" | "build">;

/** A module's place in the network while it is being traced. */
export interface Scope {
  /** The operations of the graph under construction. */
  readonly graph: GraphOperations;
  /** The module's dotted path as in PyTorch, such as `layer1.0.conv1`; empty for the network itself. */
  readonly path: string;
  /**
   * Calls a module as the child `childName`.
   *
   * Calling the same module again under the same name shares its parameters; its nodes are named `relu_1`, `relu_2`, … as
   * torchvision's feature extraction does.
   *
   * @throws IsoconvError `INVALID_GRAPH` for a name that is empty or has a dot, or when another module already registered
   *   parameters under it
   */
  call(childName: string, module: Module, x: Value): Value;
  /**
   * A parameter or buffer of this module, called `path.name` in the graph and in a state_dict.
   *
   * @throws IsoconvError `INVALID_GRAPH` when the name is taken, `INVALID_SHAPE`
   */
  parameter(name: string, options: ParameterOptions): Value;
  /**
   * A tensor whose value is part of the network, called `path.name` in the graph: PyTorch's non-persistent buffer. It
   * is not in a state_dict; the list of parameters contains its value.
   *
   * @throws IsoconvError `INVALID_GRAPH` when the name is taken, `INVALID_SHAPE` when the value does not fill the
   *   shape, `INVALID_ATTRIBUTE` for an element that is not finite
   */
  constant(name: string, options: ConstantOptions): Value;
  /**
   * Fixes the order of children's parameters. Needed only where a PyTorch module constructs its layers in another order
   * than it calls them, because a state_dict lists them in the order of construction.
   */
  declareChildren(...childNames: readonly string[]): void;
  /** An unused name for a node: the module's path or, for one of several nodes, `path.suffix`. */
  nodeName(suffix?: string): string;
}
