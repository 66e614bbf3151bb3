import { checkNoMore, IsoconvError } from "@isoconv/core-spec";
import { locate, parseAxis } from "./arguments.js";
import { namedChildren, type Children } from "./children.js";
import type { Module } from "./module.js";

/**
 * Parallel branches on the same input, joined along an axis: the channels by default; a negative axis counts from the last. An array names its children `0`,
 * `1`, …; an object by its keys, in order.
 *
 * Szegedy and others, Going deeper with convolutions (2014).
 *
 * @throws IsoconvError `INVALID_GRAPH` without branches; when called, `INVALID_ATTRIBUTE` for the axis, `INVALID_SHAPE` for
 *   branches that do not fit
 */
export function concat(branches: Children, axis = 1, ...none: never[]): Module {
  checkNoMore(none, { op: "concat" });
  const named = namedChildren(branches);
  if (named.length === 0) {
    throw new IsoconvError("INVALID_GRAPH", {
      op: "concat",
      path: "branches",
      what: "no branches",
      expected: "at least one",
      received: 0,
    });
  }
  return (scope, x) => {
    const xs = named.map(([name, branch]) => scope.call(name, branch, x));
    const [first = x] = xs;
    return scope.graph.concat(
      { xs },
      { axis: parseAxis(axis, first, "axis", locate(scope, "concat")) },
      scope.nodeName("cat"),
    );
  };
}
