import type { DeclaredTasks } from "./tasks.js";

/** Everything a worker can be asked for: name, what it is given, what it tells meanwhile, what comes of it. */
export type Tasks = DeclaredTasks;
export type TaskName = keyof Tasks;

/** An error as it crosses from a worker to the page; the message of isoconv's says all of it in a line. */
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
