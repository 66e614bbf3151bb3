import { UNKNOWN_VERSION, type FileVersion } from "./sink.js";

/** The version of the file that an answer has. The length of a compressed answer is not the file's. */
export function versionOf(headers: Headers): FileVersion {
  if (headers.get("content-encoding") !== null) return UNKNOWN_VERSION;
  const etag = headers.get("etag");
  const stated = headers.get("content-length");
  return {
    // Files that differ may share a weak tag.
    validator: (etag?.startsWith("W/") === true ? null : etag) ?? headers.get("last-modified") ?? undefined,
    total: stated !== null && /^\d+$/.test(stated) ? Number(stated) : undefined,
  };
}

export function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.validator === b.validator && a.total === b.total;
}

/** The parts of a `Content-Range` header, such as `bytes 100-199/200`; an unknown length is a star. */
export function contentRange(
  header: string | null,
): { readonly begin: number; readonly total: number | undefined } | undefined {
  const [, begin, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header?.trim() ?? "") ?? [];
  return begin === undefined ? undefined : { begin: Number(begin), total: total === "*" ? undefined : Number(total) };
}
