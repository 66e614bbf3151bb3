import { exportedSubpaths } from "./bundle/exported-subpaths.js";
import { measureBundle } from "./bundle/measure.js";
import { subpaths } from "./bundle/subpaths.js";

/** Prints what each subpath adds to a page, beside its runtime alone: kB (1000 bytes), gzipped. */
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(10);
const heads = ["JavaScript", "runtime", "isoconv", "wasm", "runtime"].map((head) => head.padStart(10));
const width = Math.max(...Object.keys(subpaths).map((subpath) => subpath.length));
console.log(`${"kB, gzipped".padEnd(width)}  ${heads.join("  ")}`);
for (const [subpath, runtime] of Object.entries(subpaths)) {
  if (!exportedSubpaths().includes(subpath)) continue;
  const { bundle, alone, own, fetched } = await measureBundle(subpath, runtime);
  const sizes = [bundle.javascript, alone.javascript, own, bundle.wasm + fetched, alone.wasm + fetched];
  console.log(`${subpath.padEnd(width)}  ${sizes.map(kilobytes).join("  ")}`);
}
