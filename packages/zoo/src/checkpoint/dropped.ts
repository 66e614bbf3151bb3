/** Why a tensor of a file is not loaded. */
export type DropReason =
  /** The option `ignore` matches its name. */
  | "ignored"
  /** Its name does not start with the prefix of the others. */
  | "outside-prefix"
  /** It belongs to the training, such as an optimiser's state, or to a counter of operations. */
  | "no-parameter"
  /** It belongs to an auxiliary classifier, which the network lacks. */
  | "auxiliary-head"
  /** It belongs to a part that is not loaded: cut off by `features`, or left fresh. */
  | "unused-part";

/** A tensor of a file that is not loaded. */
export interface DroppedTensor {
  /** Its name in the file. */
  readonly name: string;
  readonly why: DropReason;
}

/** Modules and buffers beside a network in the checkpoints of training scripts; any part of a name may be one. */
const TRAINING_PARTS: ReadonlySet<string> = new Set([
  "optimizer",
  "optimizers",
  "optimizer_state",
  "optimizer_states",
  "optimizer_state_dict",
  "optim",
  "optimizer_weights",
  "scheduler",
  "lr_scheduler",
  "lr_schedulers",
  "scheduler_state_dict",
  "scaler",
  "amp_scaler",
  "grad_scaler",
  "criterion",
  "loss",
  "losses",
  "loss_fn",
  "loss_func",
]);

/** Counters at the end of a name; `total_ops` and `total_params` are what thop leaves in every module. */
const COUNTERS: ReadonlySet<string> = new Set([
  "total_ops",
  "total_params",
  "epoch",
  "step",
  "global_step",
  "iteration",
  "n_averaged",
  "num_updates",
  "decay",
  "best_acc",
  "best_acc1",
  "best_prec1",
]);

/** Whether a name is that of a tensor which is no parameter of a network. */
export function isNoParameter(name: string): boolean {
  // Keras separates them with slashes.
  const parts = name.split(/[./]/);
  return parts.some((part) => TRAINING_PARTS.has(part)) || COUNTERS.has(parts.at(-1) ?? "");
}
