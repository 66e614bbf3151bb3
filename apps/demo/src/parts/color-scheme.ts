/**
 * Calls `listener` when the system switches between dark and light, since a canvas keeps its painted colours.
 *
 * @returns a function that stops listening
 */
export function onColorScheme(listener: () => void): () => void {
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  isDark.addEventListener("change", listener);
  return () => isDark.removeEventListener("change", listener);
}
