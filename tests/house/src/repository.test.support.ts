import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a manifest says that these tests read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function readText(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

/** The workspaces of the root manifest, `packages/*` spelt out. */
export function workspaces(): readonly string[] {
  const { workspaces } = JSON.parse(readText("package.json")) as { readonly workspaces: readonly string[] };
  return workspaces.flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const folder = pattern.slice(0, -2);
    return readdirSync(`${root}${folder}`)
      .map((name) => `${folder}/${name}`)
      .filter((path) => readdirSync(`${root}${path}`).includes("package.json"));
  });
}

export function manifestOf(workspace: string): Manifest {
  return JSON.parse(readText(`${workspace}/package.json`)) as Manifest;
}

/** Source files below a folder, without tests and build output. */
export function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter(
      (path) => /\.tsx?$/.test(path) && !/(^|\/)(dist|node_modules|\.types)\//.test(path) && !path.includes(".test."),
    )
    .map((path) => `${folder}/${path}`);
}

/** Every Markdown file of the repository that a reader opens. */
export function documents(): readonly string[] {
  const isOwn = (path: string): boolean => path.endsWith(".md") && !/(^|\/)(dist|node_modules|\.turbo)\//.test(path);
  const below = (folder: string): readonly string[] =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .filter(isOwn)
      .map((path) => `${folder}/${path}`);
  return [...readdirSync(root).filter(isOwn), ...["docs", "tools", ...workspaces()].flatMap(below)];
}
