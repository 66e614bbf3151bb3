import { isBackendId, type BackendId } from "../../engine/catalogue.js";

/** A backend of the suite's own with one realistic bug, by the bug's name. */
export type FaultId = `fault/${string}`;

/** What the suite is run on. */
export type Target = BackendId | FaultId;

export function isFaultId(text: string): text is FaultId {
  return text.startsWith("fault/");
}

export function isTarget(text: string): text is Target {
  return isFaultId(text) || isBackendId(text);
}
