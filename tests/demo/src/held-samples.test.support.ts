import type { Page } from "playwright";

/** Chooses a network and holds back its samples; returns a function that makes the request fail. */
export async function holdSamples(page: Page): Promise<() => void> {
  let letFail = (): void => undefined;
  const held = new Promise<void>((resolve) => (letFail = resolve));
  await page.route("**/fashion-mnist-100-framed*", async (route) => {
    await held;
    await route.abort();
  });
  await page.getByRole("combobox", { name: "Network" }).selectOption("d2l/densenet");
  return letFail;
}
