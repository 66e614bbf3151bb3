import { beforeAll, describe, expect, it } from "vitest";
import { measureBundle, type BundleSize } from "./measure.js";
import { pageModules } from "./page-modules.js";

/** Gzipped bytes of JavaScript that isoconv and its dependencies may add to a runtime. */
const LARGEST_SHARE = 40_000;

const sizes: BundleSize[] = [];
beforeAll(async () => {
  for (const module of pageModules) sizes.push(await measureBundle(module));
}, 300_000);

describe.each(pageModules)("a page with %s", (module) => {
  const size = (): BundleSize => sizes.find((each) => each.module === module)!;

  it("holds its own runtime whole, and a stated share of isoconv", () => {
    const { bundle, alone, own } = size();
    expect(bundle.runtimeFiles).not.toEqual([]);
    expect(bundle.runtimeFiles).toEqual(alone.runtimeFiles);
    expect(bundle.wasmFiles.map(withoutHash)).toEqual(alone.wasmFiles.map(withoutHash));
    expect(bundle.wasm).toBe(alone.wasm);
    expect(own).toBeGreaterThan(1000);
    expect(own).toBeLessThan(LARGEST_SHARE);
    // Compressed together, the two parts may be slightly larger or smaller.
    expect(bundle.javascript).toBeLessThan(alone.javascript + own + 2000);
  });

  it("imports no other module's runtime beside its own", () => {
    const own = new Set(size().bundle.runtimeEntries);
    const others = sizes.map(({ bundle }) => new Set(bundle.runtimeEntries));
    expect(others.filter((other) => other.size < own.size && [...other].every((file) => own.has(file)))).toEqual([]);
  });
});

function withoutHash(file: string): string {
  return file.replace(/-[\w-]{8}\.wasm$/, ".wasm");
}
