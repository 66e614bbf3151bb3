import type { Module } from "@isoconv/nn";

/** A classifier that reads a network half way, so that gradients reach the layers before it when training. */
export interface AuxiliaryHead {
  readonly name: string;
  /** The layer whose result it reads. */
  readonly after: string;
  readonly module: Module;
}

/** The layers one after the other. What the heads return leads nowhere: `modules` of the trace names it. */
export function sequentialWithHeads(layers: Readonly<Record<string, Module>>, heads: readonly AuxiliaryHead[]): Module {
  return (scope, x) => {
    let y = x;
    for (const [name, layer] of Object.entries(layers)) {
      y = scope.call(name, layer, y);
      for (const head of heads.filter(({ after }) => after === name)) scope.call(head.name, head.module, y);
    }
    return y;
  };
}
