import type { Analysis } from "../../engine/own-network/analyse.js";

export interface BuildTasks {
  /** Follows the text of a network as far as it goes. */
  readonly analyseNetwork: {
    readonly given: { readonly text: string };
    readonly event: never;
    readonly result: Analysis;
  };
}
