import type { Capabilities, Tensor, Tensors } from "@isoconv/core-spec";
import type { BackendId } from "../../engine/catalogue.js";
import type { Image, NetworkChoice } from "../../engine/network.js";
import type { ActivationPlan } from "./activation/activation-plan.js";
import type { Maps } from "./maps/maps.js";
import type { Plan } from "./plan/plan.js";

/** A network by choice, and a key that is the same exactly when the network is: workers keep the last one they built. */
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
  /** Compiling the node alone and running it once. */
  readonly milliseconds: number;
  /** What another backend needs to compute the same node from the same operands. */
  readonly whole: WholeLayer;
}

export interface WholeLayer {
  readonly value: Tensor;
  /** By name, without parameters. */
  readonly operands: Tensors;
}

/** The element nearest to its bound, or furthest beyond it. */
export interface Worst {
  readonly share: number;
  readonly index: readonly number[];
}

export interface ComparisonResult {
  readonly b: Maps;
  /** Signed shares of the bound: 1 and −1 are the limits. */
  readonly shares: { readonly a: Maps; readonly b: Maps; readonly between: Maps };
  readonly worst: { readonly a: Worst; readonly b: Worst; readonly between: Worst };
  /** Which kind of rule the operation has: whether there is a bound or none. */
  readonly rule: "exact" | "selection" | "rounded";
  readonly capabilities: Capabilities;
  /** Compiling the node alone and running it once. */
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
  /** What the maps' mean lacks of each logit. */
  readonly bias: Float32Array;
  /** One map a class. */
  readonly maps: Float32Array;
  readonly milliseconds: number;
}

/** What the view has done in workers. */
export interface InsideTasks {
  /** The architecture, without weights. */
  readonly insidePlan: {
    readonly given: { readonly network: NetworkChoice; readonly depth: number | undefined };
    readonly event: never;
    readonly result: Plan;
  };
  /** The value of one node, computed by a backend alone from the operands that it has in the network. */
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
  /** The same node on another backend, from the operands that the first one had, and both against the oracle. */
  readonly insideComparison: {
    readonly given: OnBackend & {
      readonly node: string;
      readonly pages: number;
      readonly first: WholeLayer & { readonly capabilities: Capabilities };
    };
    readonly event: PhaseEvent;
    readonly result: ComparisonResult;
  };
  /** The weights of the first convolution. */
  readonly insideFilters: {
    readonly given: KeyedNetwork & { readonly node: string };
    readonly event: PhaseEvent;
    readonly result: FiltersResult;
  };
  /** A class activation map for every class. */
  readonly insideActivation: {
    readonly given: OnBackend & {
      readonly image: Image;
      readonly plan: Extract<ActivationPlan, { kind: "possible" }>;
    };
    readonly event: PhaseEvent;
    readonly result: ActivationResult;
  };
}
