import { crc32 } from "node:zlib";
import fc from "fast-check";

/** Values that a size, a length or a count may be set to. */
const HOSTILE = [0, 1, 0x7f, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** Bytes from the start of a file where headers are. */
const HEADER = 96;

export interface Mutation {
  readonly base: string;
  readonly edits: readonly Edit[];
  /** Whether a PNG gets right checksums again, so that what lies behind them is reached. */
  readonly isMended: boolean;
}

type Edit =
  | { readonly kind: "bit"; readonly at: number; readonly bit: number }
  | {
      readonly kind: "word";
      readonly at: number;
      readonly value: number;
      readonly bytes: 2 | 4;
      readonly isLittle: boolean;
    }
  | { readonly kind: "cut"; readonly share: number }
  | { readonly kind: "remove"; readonly at: number; readonly count: number }
  | { readonly kind: "insert"; readonly at: number; readonly values: readonly number[] };

const at = fc.nat(HEADER - 1);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("bit"), at, bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant("word"),
    at,
    value: fc.constantFrom(...HOSTILE),
    bytes: fc.constantFrom(2, 4),
    isLittle: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("cut"), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant("remove"), at, count: fc.integer({ min: 1, max: 16 }) }),
  fc.record({ kind: fc.constant("insert"), at, values: fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }) }),
);

/** One to three changes of the start of one of these files. */
export function mutationsOf(bases: readonly string[]): fc.Arbitrary<Mutation> {
  return fc.record({
    base: fc.constantFrom(...bases),
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    isMended: fc.boolean(),
  });
}

export function mutated(file: Uint8Array, { base, edits, isMended }: Mutation): Uint8Array<ArrayBuffer> {
  const changed = edits.reduce<Uint8Array<ArrayBuffer>>(applyEdit, Uint8Array.from(file));
  if (isMended && base.endsWith(".png")) mendChecksums(changed);
  return changed;
}

function mendChecksums(png: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(png.buffer);
  for (let at = 8; at + 12 <= png.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > png.length) return;
    view.setUint32(end, crc32(png.subarray(at + 4, end)));
    at = end + 4;
  }
}

function applyEdit(file: Uint8Array<ArrayBuffer>, edit: Edit): Uint8Array<ArrayBuffer> {
  switch (edit.kind) {
    case "bit":
      if (edit.at < file.length) file[edit.at] ^= 1 << edit.bit;
      return file;
    case "word": {
      if (edit.at + edit.bytes > file.length) return file;
      const view = new DataView(file.buffer);
      if (edit.bytes === 2) view.setUint16(edit.at, edit.value & 0xffff, edit.isLittle);
      else view.setUint32(edit.at, edit.value, edit.isLittle);
      return file;
    }
    case "cut":
      return file.slice(0, Math.trunc(file.length * edit.share));
    case "remove":
      return Uint8Array.of(...file.subarray(0, edit.at), ...file.subarray(edit.at + edit.count));
    case "insert":
      return Uint8Array.of(...file.subarray(0, edit.at), ...edit.values, ...file.subarray(edit.at));
  }
}
