import type { BenchReport, Subject } from "@isoconv/inspect";
import type { BackendId } from "../../engine/catalogue.js";

/** A session has ended. */
export interface BenchEvent {
  readonly done: number;
  readonly sessions: number;
}

export interface BenchResult {
  readonly report: BenchReport;
  readonly json: string;
  readonly markdown: string;
}

/** The names of the subjects that can be timed. */
export type SubjectLine = Pick<Subject, "kind" | "name">;

export interface BenchTasks {
  /** Times one subject on backends in paired rounds. All share one worker, since their runs are interleaved. */
  readonly bench: {
    readonly given: {
      readonly backends: readonly BackendId[];
      /** The page's address. */
      readonly base: string;
      readonly subject: string;
      readonly rounds: number;
    };
    readonly event: BenchEvent;
    readonly result: BenchResult;
  };
  readonly benchSubjects: {
    readonly given: undefined;
    readonly event: never;
    readonly result: readonly SubjectLine[];
  };
}
