/// <reference lib="dom" preserve="true" />

/** Whether the page may share memory between threads, and its headers that decide this. */
export interface Isolation {
  readonly crossOriginIsolated: boolean;
  readonly secureContext: boolean;
  /** As the server of the page's own address answers now; `null` for a header that it does not send. */
  readonly openerPolicy: string | null;
  readonly embedderPolicy: string | null;
  /** Headers to send, for example `Cross-Origin-Opener-Policy: same-origin`. */
  readonly missing: readonly string[];
  /** Why the headers are unknown; `null` if they are known. */
  readonly unknown: string | null;
}

const OPENER = "Cross-Origin-Opener-Policy";
const EMBEDDER = "Cross-Origin-Embedder-Policy";

/** Fetches the page's own address to see its headers. */
export async function pageIsolation(): Promise<Isolation> {
  const state = { crossOriginIsolated: globalThis.crossOriginIsolated, secureContext: globalThis.isSecureContext };
  try {
    const { headers } = await fetch(location.href, { cache: "no-store" });
    const [openerPolicy, embedderPolicy] = [headers.get(OPENER), headers.get(EMBEDDER)];
    const missing = [
      ...(isPolicy(openerPolicy, ["same-origin"]) ? [] : [`${OPENER}: same-origin`]),
      ...(isPolicy(embedderPolicy, ["require-corp", "credentialless"]) ? [] : [`${EMBEDDER}: require-corp`]),
    ];
    return { ...state, openerPolicy, embedderPolicy, missing, unknown: null };
  } catch (error) {
    const unknown = `the page's own address cannot be fetched: ${error instanceof Error ? error.message : String(error)}`;
    return { ...state, openerPolicy: null, embedderPolicy: null, missing: [], unknown };
  }
}

/** A policy may have parameters, such as `; report-to="x"`. */
function isPolicy(header: string | null, policies: readonly string[]): boolean {
  return header !== null && policies.includes(header.split(";")[0].trim());
}
