import { measureBundle } from "./bundle/measure.js";
import { pageModules } from "./bundle/page-modules.js";

/** Prints what each backend adds to a page, beside its runtime alone: kB (1000 bytes), gzipped. */
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(10);
const heads = ["JavaScript", "runtime", "isoconv", "wasm", "runtime"].map((head) => head.padStart(10));
const width = Math.max(...pageModules.map((module) => module.length));
console.log(`${"kB, gzipped".padEnd(width)}  ${heads.join("  ")}`);
for (const module of pageModules) {
  const { bundle, alone, own, fetched } = await measureBundle(module);
  const sizes = [bundle.javascript, alone.javascript, own, bundle.wasm + fetched, alone.wasm + fetched];
  console.log(`${module.padEnd(width)}  ${sizes.map(kilobytes).join("  ")}`);
}
