import { invalid, tensorPath } from "./invalid.js";
import { readJsonObject, recordAt, textAt } from "./json-file.js";
import type { ListedTensor, Listing, ReadingContext } from "./listing.js";
import { listSafetensors } from "./read-safetensors.js";
import type { ByteSource } from "./source/byte-source.js";

/** More parts than any model has. */
const MOST_PARTS = 1024;

/**
 * The tensors of a safetensors file in parts, from its index: `weight_map` names each tensor's file.
 *
 * Source: Hugging Face's huggingface_hub, serialization/_base.py (split_state_dict_into_shards_factory).
 *
 * @throws IsoconvError `INVALID_WEIGHTS` also if a tensor is not in the file that the index names, or not in the index
 */
export async function listShardedSafetensors(source: ByteSource, { openSibling }: ReadingContext): Promise<Listing> {
  const map = recordAt((await readJsonObject(source))["weight_map"], "weight_map");
  const fileOf = new Map(Object.entries(map).map(([name, file]) => [name, textAt(file, `weight_map[${name}]`)]));
  const files = [...new Set(fileOf.values())].toSorted();
  if (files.length > MOST_PARTS) throw invalid("weight_map", "too many files", { received: files.length });
  const found = new Map<string, ListedTensor>();
  let metadata: Listing["metadata"] = {};
  let otherBytes = 0;
  for (const file of files) {
    const part = await openSibling(file);
    const listing = await listSafetensors(part);
    otherBytes += part.size;
    metadata = { ...metadata, ...listing.metadata };
    for (const tensor of listing.tensors) {
      if (fileOf.get(tensor.name) !== file) {
        throw invalid(tensorPath(tensor.name), "a tensor that the index does not have in this file", {
          received: file,
        });
      }
      found.set(tensor.name, tensor);
    }
  }
  const tensors = [...fileOf].map(([name, file]) => {
    const tensor = found.get(name);
    if (tensor === undefined)
      throw invalid(tensorPath(name), "not in the file that the index names", { received: file });
    return tensor;
  });
  return { metadata, tensors, remarks: [], otherBytes };
}
