import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const adapters = ["@isoconv/backend-onnx", "@isoconv/backend-tfjs"];
const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** The subpaths that the adapters' manifests export, the packages themselves aside. */
export function exportedSubpaths(): readonly string[] {
  return adapters.flatMap((name) => {
    const manifest: unknown = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    const exported: unknown = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "exports") : {};
    return Object.keys(exported ?? {}).flatMap((key) => (key === "." ? [] : [`${name}${key.slice(1)}`]));
  });
}

/** The file of a package, whatever its manifest exports. */
export function packageFile(path: string): string {
  const [scope = "", name = "", ...rest] = path.split("/");
  const manifest = createRequire(import.meta.url).resolve(`${scope}/${name}/package.json`);
  return join(dirname(manifest), ...rest);
}
