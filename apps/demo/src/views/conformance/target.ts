import { isBackendId, type BackendId } from "../../engine/catalogue.js";

/** One of the suite's faulty backends, by the name of its bug. */
export type FaultId = `fault/${string}`;

/** The target of the suite: a backend or a faulty backend. */
export type Target = BackendId | FaultId;

export function isFaultId(text: string): text is FaultId {
  return text.startsWith("fault/");
}

export function isTarget(text: string): text is Target {
  return isFaultId(text) || isBackendId(text);
}
