import type { Page } from "playwright";

/** A picture of the page in the documentation. */
export interface Shot {
  readonly name: string;
  readonly state: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
  /** What is done before the picture is taken; ends when the page shows what came of it. */
  readonly act: (page: Page) => Promise<void>;
}

const LONG = { timeout: 180_000 };

async function runComparison(page: Page): Promise<void> {
  await page.locator("button.primary").click();
  await page.getByText("✓").first().waitFor(LONG);
  await page.locator(".summary.good").waitFor(LONG);
}

/** One of each view, then the page on a telephone, in the dark and in Chinese. */
export const shots: readonly Shot[] = [
  {
    name: "compare",
    state: "view=compare&model=d2l/densenet&input=sample:2",
    width: 1280,
    height: 1420,
    colorScheme: "light",
    act: runComparison,
  },
  {
    name: "inside",
    state: "view=inside&model=d2l/densenet&input=sample:2",
    width: 1280,
    height: 1420,
    colorScheme: "light",
    act: (page) => page.waitForLoadState("networkidle"),
  },
  {
    name: "conformance",
    state: "view=conformance",
    width: 1280,
    height: 1420,
    colorScheme: "light",
    act: (page) => page.waitForLoadState("networkidle"),
  },
  {
    name: "bench",
    state: "view=bench",
    width: 1280,
    height: 1000,
    colorScheme: "light",
    act: (page) => page.waitForLoadState("networkidle"),
  },
  {
    name: "zoo",
    state: "view=zoo&model=resnet18",
    width: 1280,
    height: 1200,
    colorScheme: "light",
    act: (page) => page.waitForLoadState("networkidle"),
  },
  {
    name: "build",
    state: "view=build",
    width: 1280,
    height: 1000,
    colorScheme: "light",
    act: (page) => page.waitForLoadState("networkidle"),
  },
  {
    name: "telephone",
    state: "view=compare&backends=onnx-wasm,tfjs-wasm,tfjs-webgl&lang=zh",
    width: 360,
    height: 2900,
    colorScheme: "dark",
    act: runComparison,
  },
];
