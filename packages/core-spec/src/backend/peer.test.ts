import { describe, expect, it } from "vitest";
import { IsoconvError } from "../error.js";
import { availabilityOf, loadPeer, type Peer } from "./peer.js";

function peer(changed: Partial<Peer<string>>): Peer<string> {
  return { name: "runtime", version: "1.2.3", load: async () => "module", ...changed };
}

function failing(message: string, code?: string): Pick<Peer<string>, "load"> {
  return { load: () => Promise.reject(Object.assign(new Error(message), { code })) };
}

describe("loadPeer", () => {
  it("imports a package of the version it knows, or of any where none is read", async () => {
    expect(await loadPeer(peer({}))).toBe("module");
    expect(await loadPeer(peer({ versionOf: () => "1.2.3" }))).toBe("module");
  });

  it("refuses another version", async () => {
    await expect(loadPeer(peer({ versionOf: () => "2.0.0" }))).rejects.toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      expected: "1.2.3",
      received: "2.0.0",
    });
  });

  it.each([
    ["Node", failing("Cannot find package 'runtime' imported from /app/x.js", "ERR_MODULE_NOT_FOUND")],
    ["a bundler", failing('Could not resolve "runtime/wasm" imported by "adapter". Is it installed?')],
  ])("says what to install where %s finds no package", async (_who, absent) => {
    await expect(loadPeer(peer(absent))).rejects.toThrow(
      "BACKEND_UNAVAILABLE: runtime is not installed. Run npm install runtime@1.2.3",
    );
  });

  it("tells a package that does not load from one that is missing", async () => {
    await expect(loadPeer(peer(failing("Cannot find module 'other'", "MODULE_NOT_FOUND")))).rejects.toThrow(
      "runtime cannot be used here: Cannot find module 'other'. Reinstall it with npm install runtime@1.2.3",
    );
  });
});

describe("availabilityOf", () => {
  it("gives the reason of a refusal", async () => {
    expect(await availabilityOf(() => loadPeer(peer({})))).toEqual({ available: true });
    expect(await availabilityOf(() => loadPeer(peer(failing("no such instruction"))))).toEqual({
      available: false,
      reason: expect.stringContaining("no such instruction") as unknown,
    });
  });

  it("passes a defect on", async () => {
    const defects = [new TypeError("x is not a function"), new IsoconvError("DISPOSED", { what: "gone" })];
    for (const defect of defects) await expect(availabilityOf(() => Promise.reject(defect))).rejects.toBe(defect);
  });
});
