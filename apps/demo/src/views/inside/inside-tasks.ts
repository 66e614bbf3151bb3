import type { Capabilities, Tensor, Tensors } from "@isoconv/core-spec";
import type { BackendId } from "../../engine/catalogue.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import type { ActivationPlan } from "./activation/activation-plan.js";
import type { Maps } from "./maps/maps.js";
import type { Plan } from "./plan/plan.js";

/** A network choice and a key. Equal keys mean the same network, so a worker can reuse the last one it built. */
export interface KeyedNetwork {
  readonly key: string;
  readonly network: NetworkChoice;
}

interface OnBackend extends KeyedNetwork {
  readonly backend: BackendId;
  /** The page's address. */
  readonly base: string;
}

export interface PhaseEvent {
  readonly phase: "building" | "opening" | "running" | "judging";
}

export interface LayerResult {
  readonly maps: Maps;
  readonly capabilities: Capabilities;
  /** Time to compile the node alone and run it once. */
  readonly milliseconds: number;
  /** What another backend needs to compute the same node from the same operands. */
  readonly whole: WholeLayer;
}

export interface WholeLayer {
  readonly value: Tensor;
  /** Operands by name, without parameters. */
  readonly operands: Tensors;
}

/** The element with the largest share of its bound. */
export interface Worst {
  readonly share: number;
  readonly index: readonly number[];
}

export interface ComparisonResult {
  readonly b: Maps;
  /** Signed shares of the bound; 1 and −1 are the limits. */
  readonly shares: { readonly a: Maps; readonly b: Maps; readonly between: Maps };
  readonly worst: { readonly a: Worst; readonly b: Worst; readonly between: Worst };
  /** The kind of the operation's rule: whether it allows any error. */
  readonly rule: "exact" | "selection" | "rounded";
  readonly capabilities: Capabilities;
  /** Time to compile the node alone and run it once. */
  readonly milliseconds: number;
}

export interface FiltersResult {
  readonly name: string;
  /** `[filters, channels, height, width]` */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface ActivationResult {
  readonly height: number;
  readonly width: number;
  readonly logits: Float32Array;
  /** The bias of each class: its logit minus the mean of its map. */
  readonly bias: Float32Array;
  /** One map for each class. */
  readonly maps: Float32Array;
  readonly milliseconds: number;
}

/** The tasks of the view that run in workers. */
export interface InsideTasks {
  /** Plans the architecture, without weights. */
  readonly insidePlan: {
    readonly given: { readonly network: NetworkChoice; readonly depth: number | undefined };
    readonly event: never;
    readonly result: Plan;
  };
  /** Computes one node alone on a backend, from the operands that the node has in the network. */
  readonly insideLayer: {
    readonly given: OnBackend & {
      readonly image: Image;
      readonly imageKey: string;
      readonly node: string;
      readonly pages: number;
    };
    readonly event: PhaseEvent;
    readonly result: LayerResult;
  };
  /** Computes the same node on another backend from the same operands, and compares both with the oracle. */
  readonly insideComparison: {
    readonly given: OnBackend & {
      readonly node: string;
      readonly pages: number;
      readonly first: WholeLayer & { readonly capabilities: Capabilities };
    };
    readonly event: PhaseEvent;
    readonly result: ComparisonResult;
  };
  /** Reads the weights of the first convolution. */
  readonly insideFilters: {
    readonly given: KeyedNetwork & { readonly node: string };
    readonly event: PhaseEvent;
    readonly result: FiltersResult;
  };
  /** Computes a class activation map for every class. */
  readonly insideActivation: {
    readonly given: OnBackend & {
      readonly image: Image;
      readonly plan: Extract<ActivationPlan, { kind: "possible" }>;
    };
    readonly event: PhaseEvent;
    readonly result: ActivationResult;
  };
}
