import { bitsOf } from "./dtype.js";
import type { HeaderEntry } from "./header.js";
import { invalid, showShape, tensorPath } from "./invalid.js";

/**
 * Checks that tensors lie inside the data and fill it without holes or overlaps, as the format demands.
 *
 * @param dataLength - bytes of the file after its header
 * @throws IsoconvError `INVALID_WEIGHTS`
 */
export function checkLayout(entries: readonly HeaderEntry[], dataLength: number): void {
  for (const entry of entries) checkEntry(entry, dataLength);
  let covered = 0;
  let previous: string | undefined;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      const before = previous === undefined ? "the start of the data" : tensorPath(previous);
      throw invalid(
        `${tensorPath(name)}.data_offsets[0]`,
        begin < covered ? `overlaps ${before}` : `leaves a hole after ${before}`,
        { expected: `${covered}`, received: begin },
      );
    }
    covered = end;
    previous = name;
  }
  if (covered !== dataLength) {
    throw invalid("data", "bytes that belong to no tensor follow the last one", {
      expected: `${covered} bytes`,
      received: dataLength,
    });
  }
}

function checkEntry(entry: HeaderEntry, dataLength: number): void {
  const { name, dtype, shape, begin, end } = entry;
  const path = `${tensorPath(name)}.data_offsets`;
  if (begin > end) throw invalid(path, "begins after its end", { received: [begin, end] });
  if (end > dataLength) {
    throw invalid(`${path}[1]`, "beyond the end of the file", {
      expected: `at most ${dataLength}`,
      received: end,
      hint: "The file may be truncated",
    });
  }
  const byteLength = byteLengthOf(entry);
  if (end - begin !== byteLength) {
    throw invalid(path, "as many bytes as the shape does not take", {
      expected: `${byteLength} bytes for ${dtype} ${showShape(shape)}`,
      received: end - begin,
    });
  }
}

function byteLengthOf({ name, dtype, shape }: HeaderEntry): number {
  const path = `${tensorPath(name)}.shape`;
  let count = 1;
  for (const extent of shape) {
    count *= extent;
    if (count > Number.MAX_SAFE_INTEGER) throw invalid(path, "more elements than can be counted", { received: shape });
  }
  const bits = count * bitsOf(dtype);
  if (bits > Number.MAX_SAFE_INTEGER) throw invalid(path, "more bits than can be counted", { received: shape });
  if (bits % 8 !== 0) throw invalid(path, `elements of ${dtype} that do not fill whole bytes`, { received: shape });
  return bits / 8;
}
