import type { ModelSummary } from "@isoconv/zoo";
import type { Figures } from "./figures.js";

/** What a network is when it is built. */
export interface NetworkDetails {
  readonly summary: ModelSummary;
  /** The summary in Markdown. */
  readonly markdown: string;
  /** The architecture. */
  readonly svg: string;
}

export interface ZooTasks {
  /** Builds one network after another, and tells the figures of some at a time. */
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
