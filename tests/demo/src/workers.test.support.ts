import type { Page } from "playwright";

/** The worker call that fails, the first time only. */
export type Failing =
  /** Fails the call of this task. */
  | { readonly task: string }
  /** Fails the call that reports this phase. */
  | { readonly phase: string };

/** The message of the failing call. */
export const injected = "the device was lost";

/** Reloads the page with workers in which one call fails. */
export async function reloadFailing(page: Page, failing: Failing): Promise<void> {
  await page.addInitScript(
    ([text, which]) => {
      let isDue = true;
      const error = { name: "IsoconvError", code: "EXECUTION_FAILED", message: `EXECUTION_FAILED: ${text}` };
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener("message", ({ data }: MessageEvent<{ id: number; event?: { phase?: string } }>) => {
            if ("phase" in which && data.event?.phase === which.phase) this.failOnce(data.id);
          });
        }

        override postMessage(message: { id: number; task?: string }): void {
          if (isDue && "task" in which && message.task === which.task) setTimeout(() => this.failOnce(message.id));
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's takes none
          else super.postMessage(message);
        }

        private failOnce(id: number): void {
          if (isDue) this.dispatchEvent(new MessageEvent("message", { data: { kind: "error", id, error } }));
          isDue = false;
        }
      };
    },
    [injected, failing] as const,
  );
  await page.reload();
}

/** Reloads the page and counts its workers. The result is the largest number that existed at once. */
export async function reloadCounting(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    let now = 0;
    let most = 0;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        now += 1;
        most = Math.max(most, now);
        document.documentElement.dataset["mostWorkers"] = String(most);
      }

      override terminate(): void {
        now -= 1;
        super.terminate();
      }
    };
  });
  await page.reload();
  return () => page.evaluate(() => Number(document.documentElement.dataset["mostWorkers"]));
}
