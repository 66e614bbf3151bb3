import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** One of TensorFlow.js's native packages. */
export interface BindingFinding {
  readonly package: string;
  /** The backend that uses the package. */
  readonly backend: string;
  readonly installed: boolean;
  /** File of the addon; `null` if it was not built or downloaded. */
  readonly binding: string | null;
  /** File of TensorFlow's C library beside it; `null` if it does not exist. */
  readonly library: string | null;
}

const packages = [
  { package: "@tensorflow/tfjs-node", backend: "tfjs-node" },
  { package: "@tensorflow/tfjs-node-gpu", backend: "tfjs-cuda" },
] as const;

/** The library's name in TensorFlow's releases. A binding may be linked to a library elsewhere. */
const LIBRARY =
  { darwin: "libtensorflow.2.dylib", win32: "tensorflow.dll" }[String(process.platform)] ?? "libtensorflow.so.2";

/** @param from URL of a file in the program that imports the packages */
export function examineTfjsNode(from: string = import.meta.url): readonly BindingFinding[] {
  const { resolve } = createRequire(from);
  return packages.map((names) => {
    const folder = folderOf(names.package, resolve);
    if (folder === undefined) return { ...names, installed: false, binding: null, library: null };
    return {
      ...names,
      installed: true,
      binding: firstFile(join(folder, "lib"), /^napi-v\d+$/, "tfjs_binding.node"),
      library: firstFile(join(folder, "deps"), /^lib$/, LIBRARY),
    };
  });
}

function folderOf(name: string, resolve: (id: string) => string): string | undefined {
  try {
    return dirname(resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function firstFile(parent: string, folder: RegExp, file: string): string | null {
  if (!existsSync(parent)) return null;
  const paths = readdirSync(parent).flatMap((name) => (folder.test(name) ? [join(parent, name, file)] : []));
  return paths.find((path) => existsSync(path)) ?? null;
}
