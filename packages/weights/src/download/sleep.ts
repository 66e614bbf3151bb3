import { checkAborted } from "@isoconv/core-spec";

/** @throws IsoconvError `ABORTED` as soon as the signal aborts */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  checkAborted(signal);
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
  checkAborted(signal);
}
