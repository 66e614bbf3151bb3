import type { Analysis } from "../../engine/own-network/analyse.js";

export interface BuildTasks {
  /** Analyses the text of a network up to the first error. */
  readonly analyseNetwork: {
    readonly given: { readonly text: string };
    readonly event: never;
    readonly result: Analysis;
  };
}
