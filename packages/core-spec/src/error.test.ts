import { expect, test } from "vitest";
import { IsoconvError, isIsoconvError, type ErrorDetails } from "./error.js";

const messageOf = (details: ErrorDetails): string => new IsoconvError("INVALID_GRAPH", details).message;

test("the message says code, where, what, expected, received and what to try", () => {
  const error = new IsoconvError("INVALID_SHAPE", {
    op: "conv2d",
    node: "stem",
    path: "inputs.w",
    what: "input channels do not match",
    expected: "3",
    received: 4,
    hint: "Check groups",
  });
  expect(error.message).toBe(
    'INVALID_SHAPE: conv2d "stem" inputs.w: input channels do not match; expected 3, got 4. Check groups',
  );
  expect(error).toMatchObject({ code: "INVALID_SHAPE", op: "conv2d", node: "stem", path: "inputs.w", received: 4 });
  expect(error.name).toBe("IsoconvError");
});

test("unknown parts are left out", () => {
  expect(messageOf({ what: "broken" })).toBe("INVALID_GRAPH: broken");
  expect(messageOf({ what: "broken", path: "" })).toBe("INVALID_GRAPH: broken");
  expect(messageOf({ what: "broken", received: undefined })).toBe("INVALID_GRAPH: broken; got undefined");
});

test("the cause is kept, and only if there is one", () => {
  const cause = new Error("root");
  expect(new IsoconvError("EXECUTION_FAILED", { what: "x", cause }).cause).toBe(cause);
  expect("cause" in new IsoconvError("EXECUTION_FAILED", { what: "x" })).toBe(false);
});

test("the message is one line of bounded length, whatever its parts contain", () => {
  const hostile = "a\r\n\u2028b\u0085\u001b[31m\u0000".repeat(10_000);
  const message = messageOf({ what: hostile, path: hostile, node: hostile, expected: hostile, received: hostile });
  expect(message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(message.length).toBeLessThan(3000);
});

test("errors are recognised by class and code", () => {
  const error = new IsoconvError("DISPOSED", { what: "gone" });
  expect(isIsoconvError(error)).toBe(true);
  expect(isIsoconvError(error, "DISPOSED")).toBe(true);
  expect(isIsoconvError(error, "ABORTED")).toBe(false);
  expect(isIsoconvError(new Error("DISPOSED"), "DISPOSED")).toBe(false);
  expect(isIsoconvError(undefined)).toBe(false);
});
