import { expect, it } from "vitest";
import { nativeNotes } from "./native-notes.js";

it("only a worker thread is warned of terminate()", () => {
  expect(nativeNotes({ isMainThread: true })).toBeUndefined();
  expect(nativeNotes({ isMainThread: false })).toEqual([expect.stringMatching(/terminate\(\) .*child process/)]);
});
