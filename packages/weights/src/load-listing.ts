import { checkAborted, IsoconvError, render } from "@isoconv/core-spec";
import type { Block, ListedTensor, Listing } from "./listing.js";
import { storedTensor, type StoredTensor } from "./stored-tensor.js";

/** How the data of a listing are read. */
export interface Loading {
  readonly path: string;
  /** Bytes of the file. */
  readonly fileBytes: number;
  readonly select: (name: string) => boolean;
  readonly signal: AbortSignal | undefined;
  readonly maxBytes: number | undefined;
}

/**
 * Reads the data of a listing, each block once. At any time the memory has the tensors read so far and one block.
 *
 * @throws IsoconvError `INVALID_WEIGHTS` before anything is read if the tensors would take more memory than a file of
 *   this size may; `ABORTED`
 */
export async function loadListing(
  listing: Listing,
  { path, fileBytes, select, signal, maxBytes }: Loading,
): Promise<ReadonlyMap<string, StoredTensor>> {
  const wanted = listing.tensors.filter(({ name }) => select(name));
  checkMemory(wanted, path, maxBytes ?? mostBytes(fileBytes));
  const byBlock = groupByBlock(wanted);
  const tensors = new Map<string, StoredTensor | undefined>(wanted.map(({ name }) => [name, undefined]));
  for (const [block, sharers] of byBlock) {
    checkAborted(signal);
    const bytes = await block.read();
    for (const { name, dtype, shape, extract } of sharers) {
      tensors.set(name, storedTensor(name, dtype, shape, extract(bytes)));
    }
  }
  return new Map([...tensors].flatMap(([name, tensor]) => (tensor === undefined ? [] : [[name, tensor]])));
}

function groupByBlock(tensors: readonly ListedTensor[]): ReadonlyMap<Block, readonly ListedTensor[]> {
  const groups = new Map<Block, ListedTensor[]>();
  for (const tensor of tensors) {
    const group = groups.get(tensor.block);
    if (group === undefined) groups.set(tensor.block, [tensor]);
    else group.push(tensor);
  }
  return groups;
}

/** What a file may take in memory, so that a small hostile file cannot fill it. */
function mostBytes(fileBytes: number): number {
  return 4 * fileBytes + 2 ** 25;
}

function checkMemory(wanted: readonly ListedTensor[], path: string, most: number): void {
  let bytes = 0;
  const counted = new Set<Block>();
  for (const { name, block, byteLength, isView } of wanted) {
    if (!isView) bytes += byteLength;
    else if (block.allocates && !counted.has(block)) bytes += block.byteLength;
    counted.add(block);
    if (bytes <= most && block.byteLength <= most) continue;
    throw new IsoconvError("INVALID_WEIGHTS", {
      path,
      what: `the tensors up to ${render(name)} take more memory than is allowed for a file of this size`,
      expected: `at most ${most} bytes`,
      received: Math.max(bytes, block.byteLength),
      hint: "If you trust the file, read it with the option maxBytes",
    });
  }
}
