import { backendsOn, type BackendIdOn, type BackendRowOn } from "@isoconv/backends";

const rows = backendsOn("page");

export type BackendId = BackendIdOn<"page">;

/** Backends that a browser may have, the oracle first. */
export const backendIds: readonly BackendId[] = rows.map(({ id }) => id);

export function isBackendId(text: string): text is BackendId {
  return rows.some(({ id }) => id === text);
}

/** The table's row of a backend. */
export function rowOf(id: BackendId): BackendRowOn<"page"> {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new RangeError(`no backend ${id}`);
  return row;
}

/** A backend's id from the address. */
export function backendOf(text: string, otherwise: BackendId): BackendId {
  return isBackendId(text) ? text : otherwise;
}
