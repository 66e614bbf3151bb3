import type { Page } from "playwright";

/** Turns to a network whose samples do not come; answers what makes them fail. */
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
