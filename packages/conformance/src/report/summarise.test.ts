import { expect, it } from "vitest";
import { statuses, type Status } from "./report.js";
import { verdictOf } from "./summarise.js";

const totals = (counts: Partial<Record<Status, number>>): Record<Status, number> =>
  Object.fromEntries(statuses.map((status) => [status, counts[status] ?? 0])) as Record<Status, number>;

it.each([
  [{ pass: 9 }, 0, 0, "conformant"],
  [{ pass: 9 }, 1, 0, "partial"],
  [{ pass: 9, skip: 1 }, 0, 0, "partial"],
  [{ pass: 9, unsupported: 1 }, 0, 0, "partial"],
  [{ pass: 9, xfail: 1 }, 0, 0, "partial"],
  [{ pass: 9, xpass: 1 }, 0, 0, "drift"],
  [{ pass: 9 }, 0, 1, "drift"],
  [{ pass: 9, xpass: 1, fail: 1 }, 0, 0, "nonconformant"],
  [{ pass: 9, error: 1 }, 0, 0, "nonconformant"],
] as const)("%j with %d omitted and %d stale expectations is %s", (counts, omitted, stale, verdict) => {
  expect(verdictOf(totals(counts), omitted, stale)).toBe(verdict);
});
