/** `navigator.gpu`, which exists in browsers but not in Node. */
export function navigatorGpu(): GPU | undefined {
  const scope: object = globalThis;
  if (!("navigator" in scope) || !hasGpu(scope.navigator)) return undefined;
  return scope.navigator.gpu;
}

function hasGpu(navigator: unknown): navigator is { readonly gpu: GPU } {
  return typeof navigator === "object" && navigator !== null && "gpu" in navigator && Boolean(navigator.gpu);
}
