import { describe, expect, it } from "vitest";
import { errorOf, rawFile } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";

const entry = (dtype: string, shape: unknown, data_offsets: unknown): object => ({ dtype, shape, data_offsets });
const pair = {
  a: entry("F32", [2], [0, 8]),
  b: entry("U8", [3], [8, 11]),
};

describe("an invalid file", () => {
  const a = (fields: string): string => `{"a":{${fields}}}`;
  const ofShape = (shape: string, bytes: number): string =>
    a(`"dtype":"U8","shape":${shape},"data_offsets":[0,${bytes}]`);
  const ofOffsets = (offsets: string): string => a(`"dtype":"U8","shape":[4],"data_offsets":${offsets}`);
  const deep = (open: string, close: string): string => open.repeat(1_000_000) + close.repeat(1_000_000);
  const latin1 = Uint8Array.of(0x7b, 0x22, 0xe9, 0x22, 0x7d);

  it.each<[what: string, file: Uint8Array, path: string, message: RegExp]>([
    ["no bytes", new Uint8Array(0), "file", /too short/],
    ["seven bytes", new Uint8Array(7), "file", /too short.*truncated/],
    [
      "a header longer than the file",
      rawFile("{}", 0, 3n),
      "header.length",
      /longer than the file; expected at most 2 bytes, got 3/,
    ],
    ["a header of 100 MB and one byte", rawFile("{}", 0, 100_000_001n), "header.length", /beyond the format's limit/],
    ["a header of 2⁵³ bytes", rawFile("{}", 0, 2n ** 53n), "header.length", /beyond the format's limit/],
    ["a header of 2⁶⁴ − 1 bytes", rawFile("{}", 0, 2n ** 64n - 1n), "header.length", /beyond the format's limit/],
    ["a header of no bytes", rawFile(""), "header", /not a JSON object/],
    ["a header that is not UTF-8", rawFile(latin1), "header", /not UTF-8/],
    ["a header with a surrogate in UTF-8", rawFile(Uint8Array.of(0x7b, 0xed, 0xa0, 0x80)), "header", /not UTF-8/],
    ["a header with a byte order mark", rawFile("\ufeff{}"), "header", /not a JSON object/],
    ["a header that starts with a space", rawFile(" {}"), "header", /starts with/],
    ["an array for a header", rawFile("[]"), "header", /not a JSON object/],
    ["an unfinished header", rawFile('{"a":{'), 'header["a"]', /ends too soon/],
    ["an unfinished string", rawFile('{"a'), "header", /ends too soon; expected the rest of a string/],
    ["a header that ends in a backslash", rawFile('{"a\\'), "header", /ends too soon/],
    ["a control character in a string", rawFile('{"a\n":1}'), "header", /unexpected text at character 3/],
    ["a bad escape", rawFile(String.raw`{"\x":1}`), "header", /bad escape/],
    ["half a \\u escape", rawFile(String.raw`{"\u12":1}`), "header", /bad escape/],
    ["a lone surrogate", rawFile(String.raw`{"\ud800":1}`), "header", /lone surrogate/],
    ["a trailing comma", rawFile('{"__metadata__":{},}'), "header", /expected a string/],
    ["a missing comma", rawFile('{"__metadata__":{"a":"b" "c":"d"}}'), 'header["__metadata__"]', /"," or "}"/],
    ["a missing colon", rawFile('{"a" {}}'), "header", /":" after a key/],
    ["single quotes", rawFile("{'a':1}"), "header", /expected a string/],
    ["text after the header", rawFile("{} {}"), "header", /nothing after the closing brace/],
    ["zeros after the header", rawFile("{}\0\0"), "header", /nothing after the closing brace/],
    [
      "duplicate names",
      rawFile(`{"a":${JSON.stringify(pair.a)},"a":${JSON.stringify(pair.a)}}`, 8),
      "header",
      /duplicate key; got "a"/,
    ],
    [
      "duplicate names, one escaped",
      rawFile(String.raw`{"__metadata__":{},"__\u006detadata__":{}}`),
      "header",
      /duplicate key/,
    ],
    ["duplicate keys", rawFile(a('"dtype":"U8","dtype":"U8"')), 'header["a"]', /duplicate key; got "dtype"/],
    ["duplicate metadata", rawFile('{"__metadata__":{"k":"1","k":"2"}}'), 'header["__metadata__"]', /duplicate key/],
    ["a tensor called __proto__", rawFile(`{"__proto__":${JSON.stringify(pair.a)}}`, 8), "header", /forbidden key/],
    ["a key called __proto__", rawFile(a('"__proto__":{"dtype":"U8"}')), 'header["a"]', /forbidden key/],
    ["metadata called __proto__", rawFile('{"__metadata__":{"__proto__":"x"}}'), 'header["__metadata__"]', /forbidden/],
    ["metadata that are no object", rawFile('{"__metadata__":"x"}'), 'header["__metadata__"]', /an object/],
    ["metadata that are null", rawFile('{"__metadata__":null}'), 'header["__metadata__"]', /an object/],
    ["metadata that are no strings", rawFile('{"__metadata__":{"k":1}}'), 'header["__metadata__"][0]', /a string/],
    ["a tensor that is no object", rawFile('{"a":[]}'), 'header["a"]', /an object/],
    ["an unknown key", rawFile(a('"strides":[1]')), 'header["a"]', /unknown key/],
    ["no dtype", rawFile(a('"shape":[],"data_offsets":[0,1]'), 1), 'header["a"]', /no dtype/],
    ["no shape", rawFile(a('"dtype":"U8","data_offsets":[0,1]'), 1), 'header["a"]', /no shape/],
    ["no offsets", rawFile(a('"dtype":"U8","shape":[]'), 1), 'header["a"]', /no data_offsets/],
    ["an unknown dtype", rawFile(a('"dtype":"F31"')), 'header["a"].dtype', /unknown dtype/],
    ["a dtype of Object's", rawFile(a('"dtype":"constructor"')), 'header["a"].dtype', /unknown dtype/],
    ["a dtype in lower case", rawFile(a('"dtype":"f32"')), 'header["a"].dtype', /unknown dtype/],
    ["a dtype that is a number", rawFile(a('"dtype":32')), 'header["a"].dtype', /a string/],
    ["a shape that is a number", rawFile(ofShape("4", 4), 4), 'header["a"].shape', /an array/],
    ["a shape of strings", rawFile(ofShape('["4"]', 4), 4), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["a shape of arrays", rawFile(ofShape("[[4]]", 4), 4), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["a negative extent", rawFile(ofShape("[2,-2]", 4), 4), 'header["a"].shape[1]', /an integer ≥ 0/],
    ["a negative zero", rawFile(ofShape("[-0]", 0), 0), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["a fraction", rawFile(ofShape("[4.0]", 4), 4), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["an exponent", rawFile(ofShape("[4e0]", 4), 4), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["a leading zero", rawFile(ofShape("[04]", 4), 4), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["null for an extent", rawFile(ofShape("[null]", 0)), 'header["a"].shape[0]', /an integer ≥ 0/],
    ["an extent of 2⁵³", rawFile(ofShape("[0,9007199254740992]", 0)), 'header["a"].shape[1]', /number too large/],
    [
      "an extent of 400 digits",
      rawFile(ofShape(`[${"9".repeat(400)}]`, 0)),
      'header["a"].shape[0]',
      /number too large/,
    ],
    ["2⁵³ elements", rawFile(ofShape("[134217728,67108864]", 0)), 'header["a"].shape', /more elements than/],
    [
      "2⁵⁴ elements, times zero",
      rawFile(ofShape("[134217728,134217728,0]", 0)),
      'header["a"].shape',
      /more elements than/,
    ],
    ["2⁵³ bits", rawFile(ofShape("[1125899906842624]", 0)), 'header["a"].shape', /more bits than/],
    ["half a byte", rawFile({ a: entry("F4", [3], [0, 2]) }, 2), 'header["a"].shape', /not fill whole bytes/],
    ["one offset", rawFile(ofOffsets("[4]"), 4), 'header["a"].data_offsets', /not a pair/],
    ["three offsets", rawFile(ofOffsets("[0,4,4]"), 4), 'header["a"].data_offsets', /not a pair/],
    ["an offset that is no integer", rawFile(ofOffsets("[0,4.5]"), 5), 'header["a"].data_offsets[1]', /an integer ≥ 0/],
    ["a negative offset", rawFile(ofOffsets("[-4,0]"), 4), 'header["a"].data_offsets[0]', /an integer ≥ 0/],
    ["an offset of 2⁶⁴", rawFile(ofOffsets("[0,18446744073709551616]"), 4), 'header["a"].data_offsets[1]', /too large/],
    ["an end before its begin", rawFile(ofOffsets("[4,0]"), 4), 'header["a"].data_offsets', /begins after its end/],
    ["an offset beyond the file", rawFile(ofOffsets("[0,4]"), 3), 'header["a"].data_offsets[1]', /beyond.*truncated/],
    [
      "too many bytes for the shape",
      rawFile(ofOffsets("[0,5]"), 5),
      'header["a"].data_offsets',
      /4 bytes for U8 4, got 5/,
    ],
    [
      "too few bytes for the shape",
      rawFile(ofOffsets("[0,3]"), 3),
      'header["a"].data_offsets',
      /4 bytes for U8 4, got 3/,
    ],
    ["a hole at the start", rawFile(ofOffsets("[1,5]"), 5), 'header["a"].data_offsets[0]', /leaves a hole/],
    [
      "a hole",
      rawFile({ ...pair, b: entry("U8", [3], [9, 12]) }, 12),
      'header["b"].data_offsets[0]',
      /hole after header\["a"\]/,
    ],
    [
      "an overlap",
      rawFile({ ...pair, b: entry("U8", [3], [7, 10]) }, 10),
      'header["b"].data_offsets[0]',
      /overlaps header\["a"\]/,
    ],
    [
      "the same bytes twice",
      rawFile({ ...pair, b: entry("F32", [2], [0, 8]) }, 8),
      'header["b"].data_offsets[0]',
      /overlaps/,
    ],
    [
      "nothing, inside another tensor",
      rawFile({ ...pair, c: entry("U8", [0], [4, 4]) }, 11),
      'header["c"].data_offsets[0]',
      /overlaps header\["a"\]/,
    ],
    ["bytes after the last tensor", rawFile(pair, 12), "data", /expected 11 bytes, got 12/],
    ["bytes after no tensor", rawFile("{}", 1), "data", /expected 0 bytes, got 1/],
    ["objects nested a million deep", rawFile(deep('{"a":', "}")), 'header["a"]', /unknown key/],
    [
      "arrays nested a million deep",
      rawFile(`{"a":{"shape":${deep("[", "]")}}}`),
      'header["a"].shape[0]',
      /an integer ≥ 0/,
    ],
    ["a string of 10 MB, unfinished", rawFile(`{"${"a".repeat(10_000_000)}`), "header", /ends too soon/],
  ])("of %s is refused", (_, file, path, message) => {
    const error = errorOf(() => readSafetensors(file));
    expect(error.code).toBe("INVALID_WEIGHTS");
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
    expect(error.message.length).toBeLessThan(700);
  });

  it("of another type than bytes is refused", () => {
    for (const value of ["text", 8, null, undefined, {}]) {
      expect(errorOf(() => readSafetensors(value as Uint8Array)).path).toBe("file");
    }
  });

  it("keeps its name out of the message when it is long", () => {
    const header = `{"${"n".repeat(1_000_000)}":{"dtype":"F31"}}`;
    expect(errorOf(() => readSafetensors(rawFile(header))).message.length).toBeLessThan(700);
  });
});
