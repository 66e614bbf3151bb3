import type { Reference } from "@isoconv/judge";
import type { Capabilities, Tensor } from "@isoconv/core-spec";
import type { CheckpointCounts } from "@isoconv/zoo";
import type { BackendId } from "./catalogue.js";
import type { Image, NetworkChoice } from "./network.js";
import type { BenchTasks } from "../views/bench/bench-tasks.js";
import type { SuiteTasks } from "../views/conformance/suite-tasks.js";
import type { BuildTasks } from "../views/build/build-tasks.js";
import type { InsideTasks } from "../views/inside/inside-tasks.js";
import type { ZooTasks } from "../views/zoo/zoo-tasks.js";

/** Of a task that runs on a backend. */
interface OnBackend {
  readonly backend: BackendId;
  /** The page's address. */
  readonly base: string;
}

/** How often to run again after the first run, in rounds of one long or several short runs. */
export interface WarmRuns {
  readonly most: number;
  /** Are run however long that takes. */
  readonly least: number;
  /** Counted from the first run's start; what is above `least` is not begun later. */
  readonly budgetMilliseconds: number;
}

export type RunEvent =
  /** `opening` fetches and starts the runtime; `running` begins the first run. */
  | { readonly phase: "opening" | "compiling" | "running" }
  /** The first run, with what it gave. */
  | ({ readonly phase: "cold" } & Pick<RunResult, "capabilities" | "logits" | "coldMilliseconds">)
  | { readonly phase: "warm"; readonly milliseconds: number };

export interface RunResult {
  readonly capabilities: Capabilities;
  /** `[N, classes]`, of the first run. */
  readonly logits: Tensor;
  /** Import, create, compile and the first run. */
  readonly coldMilliseconds: number;
  /** Of one run, by round. */
  readonly warmMilliseconds: readonly number[];
}

export interface DeclaredTasks extends InsideTasks, SuiteTasks, BenchTasks, ZooTasks, BuildTasks {
  /** Runs a network on images: once cold, then warm. */
  readonly run: {
    readonly given: OnBackend & {
      readonly network: NetworkChoice;
      readonly images: Image;
      readonly warm: WarmRuns;
    };
    readonly event: RunEvent;
    readonly result: RunResult;
  };
  /** The float64 oracle's logits of the same, and their noise floor. */
  readonly oracle: {
    readonly given: { readonly network: NetworkChoice; readonly images: Image };
    readonly event: never;
    readonly result: Reference;
  };
  /** What a file of weights is for: the wanted network, or else the one of the zoo that it fits. */
  readonly checkpoint: {
    readonly given: {
      readonly wanted: Pick<NetworkChoice, "model" | "size">;
      readonly name: string;
      readonly file: Blob;
    };
    readonly event: never;
    readonly result: { readonly model: string; readonly counts: CheckpointCounts };
  };
}
