const MOST_CODES = 4096;

/**
 * The indices of a frame: GIF's variant of LZW, in blocks of up to 255 bytes.
 *
 * Source: GIF89a specification, appendix F; Welch, A technique for high-performance data compression (1984).
 *
 * @param start where the byte with the least length of a code is
 * @param count indices of the frame
 * @throws Error if the data end too soon or are no codes
 */
export function unpackIndices(bytes: Uint8Array, start: number, count: number): Uint8Array {
  const rootBits = bytes[start];
  if (rootBits === undefined || rootBits < 1 || rootBits > 8) throw new Error("no length of codes");
  const [clear, end] = [2 ** rootBits, 2 ** rootBits + 1];
  const nextCode = codeReader(bytes, start + 1);
  /** A code is the string of its prefix and one more index. */
  const prefix = new Uint16Array(MOST_CODES);
  const suffix = Uint8Array.from({ length: MOST_CODES }, (_, code) => (code < clear ? code : 0));
  const stack = new Uint8Array(MOST_CODES + 1);
  const indices = new Uint8Array(count);
  let [bits, known, previous, first, written] = [rootBits + 1, end + 1, -1, 0, 0];
  while (written < count) {
    const code = nextCode(bits);
    if (code === end) break;
    if (code === clear) {
      [bits, known, previous] = [rootBits + 1, end + 1, -1];
      continue;
    }
    if (code > known || (previous < 0 && code >= clear)) throw new Error("a code that is not known yet");
    let height = 0;
    let at = code;
    if (code === known) {
      // The string that this very code adds: the previous one and its first index.
      stack[height++] = first;
      at = previous;
    }
    for (; at > end; at = prefix[at]) stack[height++] = suffix[at];
    first = suffix[at];
    stack[height++] = first;
    if (previous >= 0 && known < MOST_CODES) {
      prefix[known] = previous;
      suffix[known] = first;
      known += 1;
      if (known === 2 ** bits && bits < 12) bits += 1;
    }
    previous = code;
    while (height > 0 && written < count) indices[written++] = stack[--height];
  }
  return indices;
}

/** Reads codes, lowest bits first. */
function codeReader(bytes: Uint8Array, start: number): (bits: number) => number {
  let [at, left, held, heldBits] = [start, 0, 0, 0];
  return (bits) => {
    while (heldBits < bits) {
      if (left === 0) {
        left = bytes[at++] ?? 0;
        if (left === 0) throw new Error("the pixels are cut off");
      }
      if (at >= bytes.length) throw new Error("the pixels are cut off");
      held |= bytes[at++] << heldBits;
      heldBits += 8;
      left -= 1;
    }
    const code = held & (2 ** bits - 1);
    held >>>= bits;
    heldBits -= bits;
    return code;
  };
}
