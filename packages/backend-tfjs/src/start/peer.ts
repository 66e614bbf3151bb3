import { IsoconvError, isIsoconvError, type Availability } from "@isoconv/core-spec";

/** The one release of TensorFlow.js this adapter knows: it calls kernels directly. */
export const VERSION = "4.22.0";

/** An optional peer: its package, how to import it, and the version that it says it is. */
export interface Peer<M> {
  readonly name: string;
  readonly load: () => Promise<M>;
  readonly versionOf: (module: M) => string;
}

/**
 * Imports an optional peer.
 *
 * @param others what the backend imports after it, so that one command installs everything that is missing
 * @throws IsoconvError `BACKEND_UNAVAILABLE`, naming the packages and versions to install
 */
export async function loadPeer<M>(
  { name, load, versionOf }: Peer<M>,
  others: readonly Pick<Peer<unknown>, "name">[] = [],
): Promise<M> {
  const hint = `Run: npm install ${[name, ...others.map((other) => other.name)].map((each) => `${each}@${VERSION}`).join(" ")}`;
  const module = await load().catch((cause: unknown) => {
    throw new IsoconvError("BACKEND_UNAVAILABLE", {
      what: `${name} cannot be imported`,
      hint,
      cause,
    });
  });
  const version = versionOf(module);
  if (version === VERSION) return module;
  throw new IsoconvError("BACKEND_UNAVAILABLE", {
    what: `${name} of another version is installed`,
    expected: VERSION,
    received: version,
    hint,
  });
}

/** Turns the refusal of a check into a reason. */
export async function availability(check: () => Promise<unknown>): Promise<Availability> {
  try {
    await check();
    return { available: true };
  } catch (error) {
    if (isIsoconvError(error, "BACKEND_UNAVAILABLE")) return { available: false, reason: error.message };
    throw error;
  }
}
