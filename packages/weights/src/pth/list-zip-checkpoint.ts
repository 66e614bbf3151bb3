import { bitsOf } from "../dtype.js";
import { invalid } from "../invalid.js";
import type { Listing } from "../listing.js";
import type { ByteSource } from "../source/byte-source.js";
import { openZip, pathOf, type ZipEntry } from "../zip/open-zip.js";
import { findTensors } from "./find-tensors.js";
import { listContents, mostValues } from "./list-contents.js";
import { PickleTooShort } from "./pickle-reader.js";
import { unpickle } from "./pickle.js";

/** A pickle of more bytes has no tensors but other data. */
const LARGEST_PICKLE = 2 ** 28;

/**
 * The tensors of a PyTorch checkpoint in a zip archive, also of TorchScript: `NAME/data.pkl` has their structure, and
 * `NAME/data/KEY` their storages.
 *
 * Source: PyTorch, torch/serialization.py (_load), and caffe2/serialize/inline_container.cc.
 */
export async function listZipCheckpoint(source: ByteSource): Promise<Listing> {
  const entries = await openZip(source);
  const [pickle] = [...entries.values()].filter(({ name }) => /^([^/]*\/)?data\.pkl$/.test(name));
  if (pickle === undefined) throw invalid("archive", "no data.pkl, which lists the tensors");
  const folder = pickle.name.slice(0, -"data.pkl".length);
  if (pickle.block.byteLength > Math.min(LARGEST_PICKLE, 4 * source.size + 2 ** 20)) {
    throw invalid(pathOf(pickle.name), "too large for a list of tensors", { received: pickle.block.byteLength });
  }
  const contents = findTensors(valueOf(await pickle.block.read(), pickle, source.size), mostValues(source.size));
  return listContents(
    contents,
    ({ key, dtype, count }, path) => {
      const entry = entries.get(`${folder}data/${key}`);
      if (entry === undefined) throw invalid(path, "its storage is not in the file", { received: `data/${key}` });
      const byteLength = dtype === undefined ? count : (count * bitsOf(dtype)) / 8;
      if (entry.block.byteLength < byteLength) {
        throw invalid(path, "its storage is too short", {
          expected: `${byteLength} bytes`,
          received: entry.block.byteLength,
        });
      }
      return entry.block;
    },
    await isBigEndian(entries.get(`${folder}byteorder`)),
  );
}

function valueOf(bytes: Uint8Array, { name }: ZipEntry, fileBytes: number): ReturnType<typeof unpickle>["value"] {
  try {
    return unpickle(bytes, mostValues(fileBytes)).value;
  } catch (error) {
    if (error instanceof PickleTooShort) throw invalid(pathOf(name), "the pickle ends too soon");
    throw error;
  }
}

async function isBigEndian(entry: ZipEntry | undefined): Promise<boolean> {
  if (entry === undefined) return false;
  return new TextDecoder().decode((await entry.start(6)).slice()).startsWith("big");
}
