import type { Page } from "playwright";

/**
 * Milliseconds from Stop until the page says so. Ten times what is promised, for machines that are busy; the tests of
 * apps/demo/src/engine hold a worker that does not listen to its end.
 */
export const AT_ONCE = 20_000;

/**
 * Presses Stop; answers how many milliseconds later the page says so, by the browser's own clock: its driver waits
 * for frames before it presses, and a GPU that computes in software has none to spare.
 */
export async function stop(page: Page, says: string): Promise<number> {
  const stopped = await page.evaluateHandle((text) => {
    const isSaid = (): boolean => document.body.textContent.includes(text);
    if (isSaid()) throw new Error(`the page says ${JSON.stringify(text)} before it is stopped`);
    const pressed = new Promise<number>((resolve) => {
      document.addEventListener("click", ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
    });
    const said = new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (!isSaid()) return;
        observer.disconnect();
        resolve(performance.now());
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    return { milliseconds: Promise.all([pressed, said]).then(([begin, end]) => end - begin) };
  }, says);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText(says).first().waitFor();
  return stopped.evaluate(({ milliseconds }) => milliseconds);
}
