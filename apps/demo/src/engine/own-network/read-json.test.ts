import fc from "fast-check";
import { expect, it } from "vitest";
import { placeOf, plainValue, readJson } from "./read-json.js";

function read(text: string): unknown {
  const reading = readJson(text);
  if ("fault" in reading) throw reading.fault;
  return plainValue(reading.node);
}

it("valid JSON is read as by JSON.parse", () => {
  fc.assert(
    fc.property(fc.json(), fc.boolean(), (text, isIndented) => {
      const value: unknown = JSON.parse(text);
      // Duplicate keys are legal JSON but refused here; `__proto__` cannot be compared.
      fc.pre(!text.includes("__proto__"));
      expect(read(JSON.stringify(value, null, isIndented ? 2 : 0))).toEqual(value);
    }),
  );
});

it("comments, trailing commas and unquoted keys are allowed", () => {
  expect(read('/* one */ { a: [1, 2,], // two\n "b c": null, }')).toEqual({ a: [1, 2], "b c": null });
});

it.each([
  ['{ "a": 1', /line 1, column 9: .*expected , or \}, got "the end"/],
  ["[1,\n 2 3]", /line 2, column 4: .*expected , or \]/],
  ["[1] 2", /line 1, column 5: .*expected nothing more/],
  ["{ a: 'b' }", /line 1, column 6: .*expected a value/],
  ["{ a: 1, a: 2 }", /line 1, column 9: the key is there already/],
  ["[01]", /line 1, column 3/],
  ["", /line 1, column 1/],
  ["[".repeat(100_000), /too deep/],
])("%j is refused with its place", (text, message) => {
  expect(() => read(text.slice(0, 200_000))).toThrow(message);
});

it("lines and columns are counted from 1", () => {
  expect(placeOf("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
});
