import { afterEach, expect, it, vi } from "vitest";
import { checkWebAssembly } from "./web-assembly.js";

afterEach(() => vi.unstubAllGlobals());

it("WebAssembly is here", () => expect(() => checkWebAssembly("use another")).not.toThrow());

it("a host without WebAssembly is told from a page that forbids it", () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(() => checkWebAssembly("use another")).toThrow(/this host has no WebAssembly\. .*; use another/);
  const refuse = function Module(): never {
    throw new Error("violates the following Content Security policy directive");
  };
  vi.stubGlobal("WebAssembly", { Module: refuse });
  expect(() => checkWebAssembly("use another")).toThrow(
    /Content-Security-Policy forbids WebAssembly.*'wasm-unsafe-eval'/,
  );
});
