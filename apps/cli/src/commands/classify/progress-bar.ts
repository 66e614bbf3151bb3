const WIDTH = 24;

/** A bar, the count, the speed and the time that is left, such as `━━━━──── 12/100, 8.1 pictures/s, 11 s left`. */
export function progressBar(done: number, total: number, milliseconds: number): string {
  const filled = Math.round((WIDTH * done) / total);
  const bar = "━".repeat(filled) + "─".repeat(WIDTH - filled);
  if (done === 0 || milliseconds === 0) return `${bar} ${done}/${total}`;
  const perSecond = (1000 * done) / milliseconds;
  const left = Math.ceil((total - done) / perSecond);
  return `${bar} ${done}/${total}, ${perSecond.toPrecision(2)} pictures/s, ${left} s left`;
}
