/** The bytes of all array buffers that a value reaches through objects, arrays and maps; each buffer counts once. */
export function heldBytes(value: unknown): number {
  const buffers = new Set<ArrayBufferLike>();
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) buffers.add(next.buffer);
    else waiting.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
