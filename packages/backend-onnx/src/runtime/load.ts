import { IsoconvError, type Availability } from "@isoconv/core-spec";
import type { LoadOrt, Ort } from "./ort.js";
import type { Peer } from "./peers.js";

/** @throws IsoconvError `BACKEND_UNAVAILABLE` that says what to install */
export async function loadRuntime(peer: Peer, load: LoadOrt): Promise<Ort> {
  try {
    return await load();
  } catch (cause) {
    throw unavailable(peer, cause);
  }
}

/** Why a runtime cannot be used: it is not there, or it is and does not work here. */
export function unavailable({ packageName, version }: Peer, cause: unknown): IsoconvError {
  const missing = isMissing(cause, packageName);
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: missing ? `${packageName} is not installed` : `${packageName} cannot be used here: ${messageOf(cause)}`,
    hint: `${missing ? "Run" : "Reinstall it with"} npm install ${packageName}@${version}`,
    cause,
  });
}

/** The answer of `isAvailable` for an attempt to load a runtime. */
export async function availabilityOf(attempt: Promise<unknown>): Promise<Availability> {
  try {
    await attempt;
    return { available: true };
  } catch (error) {
    return { available: false, reason: messageOf(error) };
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Tells the package itself from something it fails to find in its turn. */
function isMissing(error: unknown, packageName: string): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const text = messageOf(error);
  const notFound =
    code === "ERR_MODULE_NOT_FOUND" ||
    code === "MODULE_NOT_FOUND" ||
    /cannot find|could not resolve|failed to resolve/i.test(text);
  return notFound && text.includes(packageName);
}
