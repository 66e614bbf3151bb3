import type { BenchReport, Subject } from "@isoconv/inspect";
import type { BackendId } from "../../engine/catalogue.js";

/** A session is over. */
export interface BenchEvent {
  readonly done: number;
  readonly sessions: number;
}

export interface BenchResult {
  readonly report: BenchReport;
  readonly json: string;
  readonly markdown: string;
}

/** What can be timed, by its name. */
export type SubjectLine = Pick<Subject, "kind" | "name">;

export interface BenchTasks {
  /** Times one subject on backends in paired rounds: all in one worker, since they take turns. */
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
