#!/usr/bin/env node
/**
 * Adds to package-lock.json the optional packages of other platforms that `npm install` left out because its registry
 * does not have them. Without these entries `npm ci` reports that the lock file is out of sync. An entry gets its
 * checksum from an install that can read the package. Run after `npm install`.
 */
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32", "windows"];
/** Longest first, so that `arm` does not match `arm64`. */
const processors = ["loong64", "riscv64", "arm64", "ppc64", "s390x", "ia32", "x64", "arm", "64"];

function platformOf(name) {
  const system = systems.find((word) => name.includes(word));
  const processor = processors.find((word) => name.slice(name.indexOf(system)).includes(word));
  if (system === undefined || processor === undefined) throw new Error(`no platform in the name ${name}`);
  return {
    cpu: [processor === "64" ? "x64" : processor],
    ...(system !== "linux"
      ? {}
      : name.includes("musl")
        ? { libc: ["musl"] }
        : name.includes("gnu")
          ? { libc: ["glibc"] }
          : {}),
    os: [system === "windows" ? "win32" : system],
  };
}

const added = [];
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] !== undefined || !/^\d/.test(version)) continue;
    const { cpu, libc, os } = platformOf(name);
    lock.packages[key] = {
      version,
      cpu,
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      os,
    };
    added.push(key);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? "package-lock.json is complete" : `added ${added.length}: ${added.join(", ")}`);
