import { describe, expect, it } from "vitest";
import { exportedSubpaths } from "./exported-subpaths.js";
import { measureBundle } from "./measure.js";
import { nodeOnly, runtimes, subpaths, type RuntimeName } from "./subpaths.js";

/** Bytes of JavaScript, gzipped, that isoconv and what it depends on may add to a runtime. */
const LARGEST_SHARE = 60_000;

const exported = exportedSubpaths();
const here = Object.entries(subpaths).filter(([subpath]) => exported.includes(subpath));
const names = Object.keys(runtimes) as RuntimeName[];
const found = (code: string): readonly RuntimeName[] => names.filter((name) => code.includes(runtimes[name].marker));

it("every subpath of the adapters is either measured or for Node alone", () => {
  expect(exported.filter((subpath) => !(subpath in subpaths) && !nodeOnly.has(subpath))).toEqual([]);
});

describe.each(here)("a page with %s", (subpath, runtime) => {
  it("holds its own runtime, no other, and a stated share of isoconv", async () => {
    const { bundle, alone, own } = await measureBundle(subpath, runtime);
    // The marker is the runtime's own: without isoconv it is there too.
    expect(found(alone.code)).toEqual([runtime]);
    expect(found(bundle.code)).toEqual([runtime]);
    expect(bundle.wasmFiles.map(withoutHash)).toEqual(alone.wasmFiles.map(withoutHash));
    expect(bundle.wasm).toBe(alone.wasm);
    expect(own).toBeGreaterThan(1000);
    expect(own).toBeLessThan(LARGEST_SHARE);
    // Joined they may compress better or worse, a little.
    expect(bundle.javascript).toBeLessThan(alone.javascript + own + 2000);
  });
});

function withoutHash(file: string): string {
  return file.replace(/-[\w-]{8}\.wasm$/, ".wasm");
}
