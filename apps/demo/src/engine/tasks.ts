import type { Reference } from "@isoconv/judge";
import type { Capabilities, Tensor } from "@isoconv/core-spec";
import type { CheckpointCounts } from "@isoconv/zoo";
import type { Picture } from "../parts/picture.js";
import type { BackendId } from "./catalogue.js";
import type { Image, NetworkChoice } from "./network.js";
import type { GivenFile, WeightsFiles } from "./weights-files.js";
import type { BenchTasks } from "../views/bench/bench-tasks.js";
import type { SuiteTasks } from "../views/conformance/suite-tasks.js";
import type { BuildTasks } from "../views/build/build-tasks.js";
import type { PhotoTasks } from "../views/photo/photo-tasks.js";
import type { InsideTasks } from "../views/inside/inside-tasks.js";
import type { ZooTasks } from "../views/zoo/zoo-tasks.js";

/** Input of a task that runs on a backend. */
interface OnBackend {
  readonly backend: BackendId;
  /** The page's address. */
  readonly base: string;
}

/** How many rounds to run after the first run. A round is one long run or several short ones. */
export interface WarmRuns {
  readonly most: number;
  /** Number of rounds that are run however long they take. */
  readonly least: number;
  /** Milliseconds from the start of the first run after which no round above `least` starts. */
  readonly budgetMilliseconds: number;
}

export type RunEvent =
  /** `opening`: the runtime is fetched and started; `running`: the first run starts. */
  | { readonly phase: "opening" | "compiling" | "running" }
  /** The first run has ended, with these outputs. */
  | ({ readonly phase: "cold" } & Pick<RunResult, "capabilities" | "logits" | "coldMilliseconds">)
  | { readonly phase: "warm"; readonly milliseconds: number };

export interface RunResult {
  readonly capabilities: Capabilities;
  /** `[N, classes]` from the first run. */
  readonly logits: Tensor;
  /** Time to import, create, compile and run once. */
  readonly coldMilliseconds: number;
  /** Milliseconds per run, by round. */
  readonly warmMilliseconds: readonly number[];
}

export interface DeclaredTasks extends InsideTasks, SuiteTasks, BenchTasks, ZooTasks, BuildTasks, PhotoTasks {
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
  /** Computes the float64 oracle's logits for the same network and images, and their noise floor. */
  readonly oracle: {
    readonly given: { readonly network: NetworkChoice; readonly images: Image };
    readonly event: never;
    readonly result: Reference;
  };
  /** Finds the network that a file of weights fits: the chosen one, or else another one of the zoo. */
  readonly checkpoint: {
    readonly given: {
      readonly wanted: Pick<NetworkChoice, "model" | "size">;
      /** One, or all files of a model in parts. */
      readonly files: readonly GivenFile[];
    };
    /** Bytes read, of all files. */
    readonly event: { readonly loaded: number; readonly total: number };
    readonly result: {
      readonly files: WeightsFiles;
      readonly model: string;
      readonly counts: CheckpointCounts;
    };
  };
  /** Decodes a picture. */
  readonly picture: {
    readonly given: GivenFile & {
      /** Of the thumbnail, in pixels. */
      readonly longestSide: number;
    };
    readonly event: never;
    readonly result: { readonly picture: Picture; readonly thumbnail: Picture };
  };
}
