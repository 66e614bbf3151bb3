import type { Module } from "@isoconv/nn";

/** A classifier that reads an intermediate layer, so that gradients reach the layers before it in training. */
export interface AuxiliaryHead {
  readonly name: string;
  /** The layer whose result it reads. */
  readonly after: string;
  readonly module: Module;
}

/** Calls the layers in sequence. No other layer reads the heads' results; find them in `modules` of the trace. */
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
