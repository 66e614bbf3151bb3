import { rawFile } from "./raw-file.test.support.js";

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

export const BITS: Record<string, number> = {
  U8: 8,
  F4: 4,
  F6_E2M3: 6,
  F8_E4M3: 8,
  F16: 16,
  BF16: 16,
  I16: 16,
  F32: 32,
  I32: 32,
};
for (const dtype of ["F64", "I64", "U64"]) BITS[dtype] = 64;

/** Valid headers: three tensors, one of them empty; one of every width of dtype, misaligned; one with metadata. */
export const bases: readonly [text: string, dataBytes: number][] = [
  base([
    ["conv.weight", "F32", [2, 3]],
    ["conv.bias", "F32", [2]],
    ["empty", "F32", [0, 7]],
  ]),
  base(Object.keys(BITS).map((dtype, index) => [`t${index}`, dtype, [index % 2 === 0 ? 4 : 12]])),
  base(
    [
      ["a", "I64", []],
      ["bé", "F16", [1, 1, 5]],
    ],
    '"__metadata__":{"format":"pt","note":"\\u00e9"},',
  ),
];

function base(tensors: readonly [name: string, dtype: string, shape: number[]][], metadata = ""): [string, number] {
  let offset = 0;
  const header: Header = {};
  for (const [name, dtype, shape] of tensors) {
    const end = offset + (shape.reduce((count, extent) => count * extent, 1) * (BITS[dtype] ?? 0)) / 8;
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  return [`{${metadata}${JSON.stringify(header).slice(1)}`, offset];
}

const HOSTILE_NUMBERS = [
  "-1",
  "-0",
  "1.5",
  "1e3",
  "9007199254740992",
  "9007199254740993",
  "18446744073709551615",
  "1e400",
  "null",
  '"1"',
  "[]",
  "[1]",
  "007",
];
const HOSTILE_TEXT = [
  '{"',
  '"}',
  "{}",
  "[",
  "]",
  ":",
  ",",
  "\\",
  '\\"',
  "\\u",
  "\\ud800",
  "\0",
  "\u2028",
  "é",
  "true",
  "__proto__",
  "}{",
  "//",
  " ",
  "\n",
  "0",
];

/** A mutation of a file; a `fatal` one never gives a valid file. */
export interface Mutation {
  readonly fatal?: true;
  readonly apply: (text: string, dataBytes: number, at: number, pick: number) => Uint8Array;
}

const numbersOf = (text: string): RegExpExecArray[] => [...text.matchAll(/(?<=[[,])\d+/g)];

function replaceNumber(text: string, at: number, replacement: (old: number) => string): string {
  const numbers = numbersOf(text);
  const match = numbers[at % numbers.length];
  return text.slice(0, match.index) + replacement(Number(match[0])) + text.slice(match.index + match[0].length);
}

export const mutations: Record<string, Mutation> = {
  none: { apply: (text, dataBytes) => rawFile(text, dataBytes) },
  padding: { apply: (text, dataBytes, at) => rawFile(text + " ".repeat(at % 9), dataBytes) },
  truncation: {
    fatal: true,
    apply: (text, dataBytes, at) => {
      const file = rawFile(text, dataBytes);
      return file.subarray(0, at % file.byteLength);
    },
  },
  trailing: { fatal: true, apply: (text, dataBytes, at) => rawFile(text, dataBytes + 1 + (at % 9)) },
  "header longer than file": {
    fatal: true,
    apply: (text, dataBytes, at) => rawFile(text, dataBytes, BigInt(text.length * 2 + dataBytes + 1 + at)),
  },
  "length in 2ⁿ": { fatal: true, apply: (text, dataBytes, at) => rawFile(text, dataBytes, 2n ** BigInt(at % 64)) },
  "hostile number": {
    fatal: true,
    apply: (text, dataBytes, at, pick) =>
      rawFile(
        replaceNumber(text, at, () => HOSTILE_NUMBERS[pick % HOSTILE_NUMBERS.length]),
        dataBytes,
      ),
  },
  "other number": {
    apply: (text, dataBytes, at, pick) =>
      rawFile(
        replaceNumber(text, at, (old) => `${old + (pick % 17) - 8}`),
        dataBytes,
      ),
  },
  overlap: {
    fatal: true,
    apply: (text, dataBytes, _, pick) => {
      const header = JSON.parse(text) as Header;
      const entries = Object.values(header).filter(
        ({ data_offsets }) => (data_offsets?.[1] ?? 0) > (data_offsets?.[0] ?? 0),
      );
      const entry = entries[pick % entries.length];
      header["again"] = { ...entry };
      return rawFile(header, dataBytes);
    },
  },
  shift: {
    fatal: true,
    apply: (text, dataBytes, at, pick) => {
      const header = JSON.parse(text) as Header;
      const entries = Object.values(header).filter(
        ({ data_offsets }) => (data_offsets?.[1] ?? 0) > (data_offsets?.[0] ?? 0),
      );
      const entry = entries[pick % entries.length];
      const [begin, end] = entry.data_offsets;
      entry.data_offsets = [begin + 1 + (at % 9), end + 1 + (at % 9)];
      return rawFile(header, dataBytes + (at % 11));
    },
  },
  "duplicate member": {
    fatal: true,
    apply: (text, dataBytes, at) => {
      const members = [...text.matchAll(/"(?:dtype|shape|data_offsets)":(?:"\w+"|\[[\d,]*\])/g)];
      const member = members[at % members.length];
      return rawFile(text.slice(0, member.index) + `${member[0]},` + text.slice(member.index), dataBytes);
    },
  },
  "duplicate name": {
    fatal: true,
    apply: (text, dataBytes, at) => {
      const members = [...text.matchAll(/"\w[\w.é]*":\{"dtype"[^}]*\}/g)];
      const member = members[at % members.length];
      return rawFile(text.slice(0, member.index) + `${member[0]},` + text.slice(member.index), dataBytes);
    },
  },
  "inserted text": {
    apply: (text, dataBytes, at, pick) => {
      const position = at % (text.length + 1);
      const inserted = HOSTILE_TEXT[pick % HOSTILE_TEXT.length];
      return rawFile(text.slice(0, position) + inserted + text.slice(position), dataBytes);
    },
  },
  "deleted text": {
    apply: (text, dataBytes, at, pick) => {
      const position = at % text.length;
      return rawFile(text.slice(0, position) + text.slice(position + 1 + (pick % 7)), dataBytes);
    },
  },
};
