/**
 * Calls `listener` when the reader's system turns dark or light: a canvas keeps the colours that it was painted in.
 *
 * @returns what ends it
 */
export function onColorScheme(listener: () => void): () => void {
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  isDark.addEventListener("change", listener);
  return () => isDark.removeEventListener("change", listener);
}
