import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { findLibraries } from "./find-libraries.js";
import type { LibraryFinding } from "./load-library.js";

/** One Vulkan driver, as its manifest describes it. */
export interface VulkanDriver {
  readonly manifest: string;
  /** The driver's library; `problem` has the reason if it cannot be used. */
  readonly library: string | null;
  readonly problem: string | null;
}

export interface VulkanFinding {
  readonly loader: readonly LibraryFinding[];
  /** The environment variable that replaces the system's drivers, if set. */
  readonly override: string | null;
  readonly drivers: readonly VulkanDriver[];
}

const FOLDERS = ["/usr/local/share", "/usr/share", "/etc", "/usr/local/etc"];

/** The Vulkan loader and the drivers that it would find. On Linux, WebGPU in Node needs Vulkan. */
export async function examineVulkan(env: NodeJS.ProcessEnv = process.env): Promise<VulkanFinding> {
  const override = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"].find((name) => (env[name] ?? "") !== "") ?? null;
  const named = (override === null ? "" : (env[override] ?? "")).split(delimiter).filter((path) => path !== "");
  const manifests = override === null ? installedManifests(env) : named.flatMap(manifestsAt);
  const drivers = manifests.map(readManifest);
  const bare = drivers.flatMap(({ library }) => (library === null || library.includes("/") ? [] : [library]));
  const loader = await findLibraries(["libvulkan.so.1"]);
  const unfound = new Map((await findLibraries(bare)).flatMap((one) => (one.found ? [] : [[one.library, one.reason]])));
  return {
    loader,
    override,
    drivers: drivers.map((driver) => ({
      ...driver,
      problem: driver.problem ?? unfound.get(driver.library ?? "") ?? null,
    })),
  };
}

/** The manifests at a path, which may be a manifest or a folder of manifests. */
function manifestsAt(path: string): readonly string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path).flatMap((file) => (file.endsWith(".json") ? [join(path, file)] : []));
}

function installedManifests(env: NodeJS.ProcessEnv): readonly string[] {
  const own = env["XDG_DATA_HOME"] ?? join(homedir(), ".local/share");
  return [...FOLDERS, own].flatMap((folder) => {
    const drivers = join(folder, "vulkan/icd.d");
    return existsSync(drivers) ? manifestsAt(drivers) : [];
  });
}

/** Reads `ICD.library_path`, which the Vulkan loader defines as a bare name or a path relative to the manifest. */
function readManifest(manifest: string): VulkanDriver {
  try {
    const content: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    const library = libraryPath(content);
    if (library === undefined) return { manifest, library: null, problem: "has no ICD.library_path" };
    // A bare name is searched for by the system's loader.
    if (!library.includes("/")) return { manifest, library, problem: null };
    const file = isAbsolute(library) ? library : resolve(manifest, "..", library);
    return { manifest, library: file, problem: existsSync(file) ? null : `${file} does not exist` };
  } catch (error) {
    return { manifest, library: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function libraryPath(content: unknown): string | undefined {
  const icd: unknown = typeof content === "object" && content !== null ? Reflect.get(content, "ICD") : undefined;
  const path: unknown = typeof icd === "object" && icd !== null ? Reflect.get(icd, "library_path") : undefined;
  return typeof path === "string" ? path : undefined;
}
