import { optionChecks, type KnownOptions } from "@isoconv/core-spec";

/** How persistently a file is downloaded. */
export interface DownloadPolicy {
  /**
   * How many times a failed download is tried again; 5 by default. An attempt that brought more bytes than all before
   * starts the count again.
   */
  readonly retries?: number | undefined;
  /**
   * The pause before the first of them, in milliseconds; 500 by default. It doubles with each, up to 30 seconds. A
   * server's `Retry-After` is waited for if it is longer.
   */
  readonly pauseMilliseconds?: number | undefined;
  /** A connection that brings nothing for so long has failed; 30 seconds by default. */
  readonly idleMilliseconds?: number | undefined;
}

const { milliseconds } = optionChecks;

/** The checks of {@link DownloadPolicy}'s options. */
export const policyChecks: KnownOptions<DownloadPolicy>["known"] = {
  retries: {
    parse: (value, at) => (value === 0 ? value : optionChecks.count.parse(value, at)),
  },
  pauseMilliseconds: milliseconds,
  idleMilliseconds: milliseconds,
};

const LONGEST_PAUSE = 30_000;

/** A server that asks for more is not waited for. */
export const LONGEST_WISH = 120_000;

/** The policy with its defaults. */
export function completePolicy({
  retries = 5,
  pauseMilliseconds = 500,
  idleMilliseconds = 30_000,
}: DownloadPolicy): Readonly<Record<keyof DownloadPolicy, number>> {
  return { retries, pauseMilliseconds, idleMilliseconds };
}

/** The pause after the given number of failures, from 1: doubled each time, and spread so that clients do not meet. */
export function pauseAfter(failures: number, pauseMilliseconds: number): number {
  return Math.min(LONGEST_PAUSE, pauseMilliseconds * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}

/** The milliseconds that a `Retry-After` header asks to wait: its value is a number of seconds or a date. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return 1000 * Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
