import type { StoredTensor } from "./stored-tensor.js";

/** A file's tensors by name, in the order of the file. */
export interface WeightsFile {
  /** What else the file says, such as safetensors' metadata or a checkpoint's `epoch`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}
