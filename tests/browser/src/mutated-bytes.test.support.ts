import fc from "fast-check";

/** Values that a size, a length or an offset may be set to, in either byte order. */
const NUMBERS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** One change of a file, at a place that is a share of its length. */
interface Change {
  readonly kind: "flip" | "number" | "cut" | "truncate" | "insert";
  readonly at: number;
  readonly value: number;
  readonly isLittle: boolean;
}

const change = fc.record<Change>({
  kind: fc.constantFrom("flip", "flip", "number", "number", "cut", "truncate", "insert"),
  // Headers are at the start of most formats.
  at: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share ** 4),
  ),
  value: fc.nat(1000),
  isLittle: fc.boolean(),
});

/** Files with one to three changes each. */
export function mutatedFiles<Base extends { readonly bytes: Uint8Array }>(
  bases: readonly Base[],
  count: number,
): readonly Base[] {
  const mutated = fc.record({
    base: fc.constantFrom(...bases),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
  });
  return fc
    .sample(mutated, count)
    .map(({ base, changes }) => ({ ...base, bytes: changes.reduce<Uint8Array>(applyChange, base.bytes) }));
}

function applyChange(file: Uint8Array, { kind, at, value, isLittle }: Change): Uint8Array {
  const place = Math.min(Math.floor(at * file.length), Math.max(0, file.length - 1));
  const before = file.subarray(0, place);
  switch (kind) {
    case "flip": {
      const flipped = file.slice();
      flipped[place] ^= 1 << (value & 7);
      return flipped;
    }
    case "number": {
      const changed = file.slice();
      const view = new DataView(changed.buffer);
      if (place + 4 <= changed.length) view.setUint32(place, NUMBERS[value % NUMBERS.length] ?? 0, isLittle);
      return changed;
    }
    case "cut":
      return Uint8Array.of(...before, ...file.subarray(place + 1 + (value % 40)));
    case "truncate":
      return before.slice();
    case "insert":
      return Uint8Array.of(...before, ...file.subarray(0, value % 20), ...file.subarray(place));
  }
}
