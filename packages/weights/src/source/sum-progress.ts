import type { ReadObserver } from "./byte-source.js";

/**
 * Observers for the files of one model, which report their sums: bytes that are read twice, such as headers, do not count beyond
 * the size of the files. The total is unknown until each opened file has told its own.
 */
export function sumProgress({ signal, onProgress }: ReadObserver): () => ReadObserver {
  const files = new Map<symbol, { readonly loaded: number; readonly total: number | undefined }>();
  if (onProgress === undefined) return () => ({ signal });
  return () => {
    const file = Symbol("file");
    files.set(file, { loaded: 0, total: undefined });
    return {
      signal,
      onProgress: (loaded, total) => {
        files.set(file, { loaded: Math.min(loaded, total ?? Infinity), total });
        const all = [...files.values()];
        const totals = all.reduce<number | undefined>(
          (sum, each) => (sum === undefined || each.total === undefined ? undefined : sum + each.total),
          0,
        );
        onProgress(
          all.reduce((sum, each) => sum + each.loaded, 0),
          totals,
        );
      },
    };
  };
}
