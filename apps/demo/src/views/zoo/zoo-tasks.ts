import type { ModelSummary } from "@isoconv/zoo";
import type { Figures } from "./figures.js";

/** The results of building a network. */
export interface NetworkDetails {
  readonly summary: ModelSummary;
  /** The summary in Markdown. */
  readonly markdown: string;
  /** A drawing of the architecture, as SVG. */
  readonly svg: string;
}

export interface ZooTasks {
  /** Builds one network after another and sends their figures in batches. */
  readonly zooFigures: {
    readonly given: { readonly models: readonly string[] };
    readonly event: ReadonlyMap<string, Figures>;
    readonly result: void;
  };
  readonly zooNetwork: {
    readonly given: { readonly model: string };
    readonly event: never;
    readonly result: NetworkDetails;
  };
}
