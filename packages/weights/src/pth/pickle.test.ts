import { expect, it } from "vitest";
import { unpickle } from "./pickle.js";

const read = (opcodes: string, most = 1000): unknown =>
  unpickle(
    Uint8Array.from(opcodes, (character) => character.charCodeAt(0)),
    most,
  ).value;

const ORDERED_DICT = "ccollections\nOrderedDict\n";
/** `[["a", 1], ["b", 2]]`, kept as 0. */
const pairs = "](](U\x01aK\x01e](U\x01bK\x02eeq\x00";

it("an OrderedDict of pairs, as Python 2 writes it, has them as entries", () => {
  expect(read(`\x80\x02${ORDERED_DICT}${pairs}\x85R.`)).toEqual({
    kind: "dict",
    entries: [
      ["a", 1],
      ["b", 2],
    ],
  });
  expect(read(`\x80\x02${ORDERED_DICT}](K\x01](K\x01ee\x85R.`)).toEqual({ kind: "dict", entries: [] });
});

it("many OrderedDicts of one list count each of its pairs", () => {
  const many = `${ORDERED_DICT}h\x00\x85R`.repeat(200);
  expect(() => read(`\x80\x02${pairs}(${many}l.`, 900)).toThrow(/more values than a file of this size may have/);
});
