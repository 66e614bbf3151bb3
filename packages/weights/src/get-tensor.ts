import { invalid } from "./invalid.js";
import type { WeightsFile } from "./weights-file.js";
import type { StoredTensor } from "./stored-tensor.js";

const SHOWN = 5;

/**
 * The tensor of that name.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` that lists the first existing names
 */
export function getTensor({ tensors }: WeightsFile, name: string): StoredTensor {
  const tensor = tensors.get(name);
  if (tensor !== undefined) return tensor;
  const names = [...tensors.keys()].slice(0, SHOWN).join(", ");
  const expected = tensors.size === 0 ? "a file with tensors" : `one of ${names}${tensors.size > SHOWN ? ", …" : ""}`;
  throw invalid("tensors", "no such tensor", { expected, received: name });
}
