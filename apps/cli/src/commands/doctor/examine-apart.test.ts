import { expect, it } from "vitest";
import { crashText } from "./examine-apart.js";

const uncaught = `/app/crash.js:3
  throw new TypeError("no such device");
  ^

TypeError: no such device
    at new Error (<anonymous>)
    at start (/app/crash.js:3:9)

Node.js v20.20.2
`;

it("gives the line with the error, not the last line", () => {
  expect(crashText(1, null, uncaught)).toBe("it crashed (status 1): TypeError: no such device");
  const native = "terminate called after throwing an instance of 'std::runtime_error'\n  what():  no device\n";
  expect(crashText(null, "SIGABRT", native)).toBe("it crashed (SIGABRT): what():  no device");
  expect(crashText(null, "SIGSEGV", "loading\nabout to go\n")).toBe("it crashed (SIGSEGV): about to go");
  expect(crashText(null, "SIGSEGV", "")).toBe("it crashed (SIGSEGV)");
});

it("does not report a crash for a process that ended by itself or was killed", () => {
  expect(crashText(0, null, "")).toBe("it ended without a finding");
  expect(crashText(null, "SIGKILL", "")).toBe("it was killed or exceeded the time limit");
});
