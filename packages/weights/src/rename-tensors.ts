import { invalid, tensorPath } from "./invalid.js";
import type { WeightsFile } from "./weights-file.js";
import type { StoredTensor } from "./stored-tensor.js";

/**
 * The same tensors under other names, for example those of another library; a tensor renamed to `undefined` is removed.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` when two tensors get one name
 */
export function renameTensors(file: WeightsFile, rename: (name: string) => string | undefined): WeightsFile {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of file.tensors) {
    const renamed = rename(name);
    if (renamed === undefined) continue;
    if (tensors.has(renamed)) throw invalid(tensorPath(name), "another tensor has the new name", { received: renamed });
    tensors.set(renamed, Object.freeze({ ...tensor, name: renamed }));
  }
  return { metadata: file.metadata, tensors };
}
