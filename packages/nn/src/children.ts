import { IsoconvError } from "@isoconv/core-spec";
import type { Module } from "./module.js";

/** Modules numbered `0`, `1`, … as in `nn.Sequential`, or named by their keys. */
export type Children = readonly Module[] | Readonly<Record<string, Module>>;

/**
 * The children of a container with their names, in order.
 *
 * @throws IsoconvError `INVALID_GRAPH` unless given an array or an object, and for a key that is a number, because
 *   JavaScript lists such keys before the others
 */
export function namedChildren(children: Children): readonly (readonly [name: string, module: Module])[] {
  if (isList(children)) return children.map((module, index) => [String(index), module] as const);
  if (typeof children !== "object" || children === null) {
    throw new IsoconvError("INVALID_GRAPH", {
      path: "children",
      what: "not a list of modules",
      expected: "an array of modules, or an object with a module a key",
      received: children,
    });
  }
  for (const name of Object.keys(children)) {
    if (!/^\d+$/.test(name)) continue;
    throw new IsoconvError("INVALID_GRAPH", {
      path: `children.${name}`,
      what: "an object lists a key that is a number before the others",
      expected: "a name, or an array of modules",
      received: name,
    });
  }
  return Object.entries(children);
}

function isList(children: Children): children is readonly Module[] {
  return Array.isArray(children);
}
