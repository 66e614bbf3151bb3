import { readdir, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packages, packedProject, readManifest, root, type PackedProject } from "./packed-project.test.support.js";

let packed: PackedProject;
beforeAll(async () => {
  packed = await packedProject();
});
afterAll(() => packed.remove());

/** What a tarball may hold beside the build, its sources and the four files of every package. */
const extras: Readonly<Record<string, RegExp>> = {
  cli: /^bin\/isoconv\.js$/,
  conformance: /^(templates\/backend\/|report\.schema\.json$)/,
  "mobilenet-v2": /^assets\//,
  zoo: /^assets\//,
};

/** Of the code; the files of a package of data may have others beside it. */
const LICENCE = expect.stringMatching(/^Apache-2\.0( AND .*)?$/) as string;

/** The template is a package to be copied, and its `exports` are for the copy. */
const ACCEPTED = /^\.\/templates\/backend\/package\.json has an "exports" field/;

/** Ways to resolve a package that packages of ES modules alone cannot serve: the profile `esm-only` leaves them out. */
const NOT_ESM: readonly string[] = ["node10", "node16-cjs"];

function tarballOf(name: string): { readonly path: string; readonly files: readonly string[] } {
  const tarball = packed.tarballs.find((candidate) => candidate.name === `@isoconv/${name}`);
  if (tarball === undefined) throw new Error(`@isoconv/${name} was not packed`);
  return { path: join(packed.path, tarball.filename), files: tarball.files.map(({ path }) => path) };
}

const folderOf = (name: string): string => join(packed.path, "node_modules/@isoconv", name);

describe.for(packages)("the tarball of %s", (name) => {
  it("passes publint", async () => {
    const { buffer } = new Uint8Array(await readFile(tarballOf(name).path));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    const texts = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
    expect(texts.filter((text) => !ACCEPTED.test(text))).toEqual([]);
  });

  it("has types that every ES module and bundler resolves", async () => {
    const result = await checkPackage(
      createPackageFromTarballData(new Uint8Array(await readFile(tarballOf(name).path))),
    );
    const problems = "problems" in result ? result.problems : [{ kind: "no types" }];
    expect(
      problems.filter((problem) => !("resolutionKind" in problem && NOT_ESM.includes(String(problem.resolutionKind)))),
    ).toEqual([]);
  });

  it("holds the build, its sources, README and LICENSE, and no tests or build information", async () => {
    const { files } = tarballOf(name);
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "package.json"]));
    const extra = files.filter((file) => !/^(dist\/|src\/|README\.md$|LICENSE$|package\.json$)/.test(file));
    expect(extra.filter((file) => !(extras[name]?.test(file) ?? false))).toEqual([]);
    // The template is copied with its test.
    const own = files.filter((file) => !file.startsWith("templates/"));
    expect(own.filter((file) => /\.test\.|tsbuildinfo/.test(file))).toEqual([]);
    expect(await readFile(join(folderOf(name), "LICENSE"), "utf8")).toBe(await readFile(join(root, "LICENSE"), "utf8"));
  });

  it("says what it is, and depends on every package that it imports", async () => {
    const manifest = await readManifest(folderOf(name));
    expect(manifest).toMatchObject({ license: LICENCE, description: expect.stringMatching(/\w/) as string });
    expect(manifest.keywords?.length).toBeGreaterThan(1);
    const own = [manifest.name, ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })];
    expect((await importedBy(folderOf(name))).filter((imported) => !own.includes(imported))).toEqual([]);
  });
});

/** Statements at the start of a line, and dynamic imports. */
const IMPORT = /(?:^(?:import|export|\})[^'"`;]*\bfrom |^import |\bimport\()"([^"./#\\][^"\\]*)"/gm;

/** The packages that a package's JavaScript and declarations import. */
async function importedBy(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(folder, "dist"), { recursive: true });
  const imported = new Set<string>();
  for (const file of files.filter((path) => /\.(js|d\.ts)$/.test(path))) {
    const source = await readFile(join(folder, "dist", file), "utf8");
    // Programs that a package writes into other files import what those who run them have installed.
    const text = source.replaceAll(/= `\n.*?^`/gms, "");
    for (const [, specifier] of text.matchAll(IMPORT)) {
      if (isBuiltin(specifier)) continue;
      imported.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
    }
  }
  return [...imported];
}
