import type { Capabilities, Tensor } from "@isoconv/core-spec";
import type { BackendId } from "../../engine/catalogue.js";
import type { NetworkChoice } from "../../engine/network.js";
import type { GivenFile } from "../../engine/weights-files.js";

export interface PhotoTasks {
  /** Classifies a photo with published weights, whose preprocessing it gets. */
  readonly classify: {
    readonly given: {
      readonly backend: BackendId;
      /** The page's address. */
      readonly base: string;
      /** Equal for equal networks. */
      readonly key: string;
      readonly network: NetworkChoice;
      readonly photo: GivenFile;
    };
    /** `opening`: the runtime is fetched and started; `running`: the network runs for the first time. */
    readonly event: { readonly phase: "opening" | "running" };
    readonly result: {
      readonly capabilities: Capabilities;
      /** `[1, classes]` */
      readonly logits: Tensor;
      /** Of a run after the first. */
      readonly milliseconds: number;
    };
  };
}
