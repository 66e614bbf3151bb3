import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";

/** The variables that say where caches are, and the system; `process` has them. */
export interface CacheHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}

const HERE: CacheHost = { env: process.env, platform: process.platform, home: homedir() };

/** The folder of the cache: `ISOCONV_CACHE`, or a folder `isoconv` where the system keeps the caches of programs. */
export function cacheFolder({ env, platform, home }: CacheHost = HERE): string {
  const own = env["ISOCONV_CACHE"];
  if (own !== undefined && own !== "") return own;
  return join(systemFolder({ env, platform, home }), "isoconv");
}

/** XDG's variable counts on every system, for those who set it. */
function systemFolder({ env, platform, home }: CacheHost): string {
  const given = env["XDG_CACHE_HOME"] ?? (platform === "win32" ? env["LOCALAPPDATA"] : undefined) ?? "";
  if (given !== "") return given;
  return platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}

/** Whether `ISOCONV_OFFLINE` switches downloads off: any value but `0` and none. */
export function isOffline(env: CacheHost["env"] = process.env): boolean {
  return !["", "0", undefined].includes(env["ISOCONV_OFFLINE"]);
}

/** The folder of one file: its name there stays its own, and files of the same name are apart. */
export function folderOf(cache: string, key: URL): string {
  return join(cache, createHash("sha256").update(key.href).digest("hex").slice(0, 16));
}
