import { IsoconvError, isIsoconvError } from "../error.js";
import { checkEngine } from "../engine.js";
import { isRecord } from "../options.js";
import type { Availability } from "./backend.js";
import { messageOf } from "./failure.js";
import { peerAdvice } from "./peer-advice.js";

/** An optional peer dependency: the package, and the release that an adapter is written for. */
export interface PeerPackage {
  readonly name: string;
  readonly version: string;
  /** The command that brings back its native parts, where `npm install` does not. */
  readonly rebuild?: string;
}

/** An optional peer and how to import it. */
export interface Peer<M> extends PeerPackage {
  readonly load: () => Promise<M>;
  /** The release that the module says it is; without it any release is taken. */
  readonly versionOf?: (module: M) => string;
}

/**
 * Imports an optional peer.
 *
 * @param others what the backend imports after it, so that one command installs everything that is missing
 * @throws IsoconvError `BACKEND_UNAVAILABLE` that names the packages and versions to install: the peer is missing, does not
 *   load here or is of another version
 */
export async function loadPeer<M>(
  { load, versionOf, ...wanted }: Peer<M>,
  others: readonly PeerPackage[] = [],
): Promise<M> {
  const module = await load().catch(async (cause: unknown) => {
    throw await peerUnavailable(wanted, cause, others);
  });
  const { name, version } = wanted;
  const found = versionOf?.(module) ?? version;
  if (found === version) return module;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `${name} of another version is installed`,
    expected: version,
    received: found,
    hint: `Run ${installCommand([wanted, ...others])}`,
  });
}

/** Why a peer cannot be used: it is not installed, or it is and does not work here. */
export async function peerUnavailable(
  { name, version, rebuild }: PeerPackage,
  cause: unknown,
  others: readonly PeerPackage[] = [],
): Promise<IsoconvError> {
  if (isIsoconvError(cause)) return cause;
  const install = installCommand([{ name, version }, ...others]);
  const missing = isMissing(cause, name);
  const allowed = rebuild === undefined ? "" : ", with its install script allowed";
  return new IsoconvError("BACKEND_UNAVAILABLE", {
    what: missing ? `${name} is not installed` : `${name} cannot be used here: ${messageOf(cause)}`,
    hint: missing ? `Run ${install}${allowed}` : await peerAdvice(cause, `Reinstall it with ${rebuild ?? install}`),
    cause,
  });
}

function installCommand(packages: readonly PeerPackage[]): string {
  return `npm install ${packages.map(({ name, version }) => `${name}@${version}`).join(" ")}`;
}

/** Tells the package itself from something it fails to find in its turn. */
function isMissing(error: unknown, name: string): boolean {
  const code: unknown = isRecord(error) ? error["code"] : undefined;
  const text = messageOf(error);
  // Browsers resolve no package names: there the bundler left the package out, whether it is installed or not.
  if (/failed to resolve module specifier/i.test(text)) return false;
  const notFound =
    code === "ERR_MODULE_NOT_FOUND" ||
    code === "MODULE_NOT_FOUND" ||
    /cannot find|could not resolve|failed to resolve/i.test(text);
  return notFound && text.includes(name);
}

/**
 * What an adapter's `isAvailable` answers: the refusal of a check becomes a reason.
 *
 * @throws whatever else the check throws, which is a defect or a mistake of the caller
 */
export async function availabilityOf(check: () => Promise<unknown>): Promise<Availability> {
  try {
    checkEngine();
    await check();
    return { available: true };
  } catch (error) {
    if (isIsoconvError(error, "BACKEND_UNAVAILABLE")) return { available: false, reason: error.message };
    throw error;
  }
}
