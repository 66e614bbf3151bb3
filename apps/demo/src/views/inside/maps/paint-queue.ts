/** Milliseconds of painting in one frame; the rest is painted in the next frame. */
const SLICE_MILLISECONDS = 8;

const waiting = new Map<object, () => void>();
let isScheduled = false;

/** Paints in a later frame, a few milliseconds at a time. A second job for the same target replaces the first. */
export function paintSoon(thing: object, paint: () => void): () => void {
  waiting.set(thing, paint);
  schedule();
  return () => {
    if (waiting.get(thing) === paint) waiting.delete(thing);
  };
}

function schedule(): void {
  if (isScheduled || waiting.size === 0) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    const end = performance.now() + SLICE_MILLISECONDS;
    for (const [thing, paint] of waiting) {
      waiting.delete(thing);
      paint();
      if (performance.now() > end) break;
    }
    schedule();
  });
}
