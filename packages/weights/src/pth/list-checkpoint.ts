import type { Listing } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { listLegacyCheckpoint } from "./list-legacy-checkpoint.js";

/** The tensors of a PyTorch checkpoint of either layout: pickles start with 0x80. */
export async function listCheckpoint(source: ByteSource): Promise<Listing> {
  const [first] = await source.read(0, Math.min(1, source.size));
  if (first === 0x80) return listLegacyCheckpoint(source);
  // With the library for zip archives.
  return (await import("./list-zip-checkpoint.js")).listZipCheckpoint(source);
}
