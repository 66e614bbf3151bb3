import type { DeclaredTasks } from "./tasks.js";

/** The tasks of a worker by name: input, events and result. */
export type Tasks = DeclaredTasks;
export type TaskName = keyof Tasks;

/** An error as it is sent from a worker to the page. The message of an IsoconvError has all its parts in one line. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly op?: string | undefined;
  readonly cause?: string;
}

export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly task: TaskName; readonly given: unknown }
  | { readonly kind: "abort"; readonly id: number };

export type FromWorker =
  | { readonly kind: "event"; readonly id: number; readonly event: unknown }
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | { readonly kind: "error"; readonly id: number; readonly error: PlainError };
