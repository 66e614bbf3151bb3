const WIDTH = 24;

/** A bar that is filled up to a share from 0 to 1, such as `━━━━────`. */
export function bar(share: number): string {
  const filled = Math.round(WIDTH * share);
  return "━".repeat(filled) + "─".repeat(WIDTH - filled);
}

/** A bar, the count, the speed and the time that is left, such as `━━━━──── 12/100, 8.1 pictures/s, 11 s left`. */
export function countBar(done: number, total: number, milliseconds: number): string {
  const count = `${bar(done / total)} ${done}/${total}`;
  if (done === 0 || milliseconds === 0) return count;
  const perSecond = (1000 * done) / milliseconds;
  const left = Math.ceil((total - done) / perSecond);
  return `${count}, ${perSecond.toPrecision(2)} pictures/s, ${left} s left`;
}
