import type { Page } from "playwright";

/** A picture of the page in the documentation. */
export interface Shot {
  readonly name: string;
  readonly state: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
  /** Steps before the picture is taken; resolves when the page shows their result. */
  readonly act: (page: Page) => Promise<void>;
}

const suiteBackends = "onnx-wasm,tfjs-wasm,tfjs-webgl";
const LONG = { timeout: 180_000 };

async function runComparison(page: Page): Promise<void> {
  await page.locator("button.primary").click();
  await page.locator(".summary.good").waitFor(LONG);
}

/** The desktop viewport. */
function desk(height: number): Pick<Shot, "width" | "height" | "colorScheme"> {
  return { width: 1280, height, colorScheme: "light" };
}

/** One picture of each view, then one on a telephone, dark and in Chinese. */
export const shots: readonly Shot[] = [
  {
    name: "photo",
    state: "view=photo",
    ...desk(800),
    act: (page) => page.getByText("Egyptian cat").waitFor(LONG),
  },
  {
    name: "compare",
    state: "view=compare&model=d2l/densenet&input=sample:2",
    ...desk(1420),
    act: runComparison,
  },
  {
    name: "inside",
    state: "view=inside&input=sample:1&node=3&show=between&stretch=1&a=tfjs-webgl&b=onnx-wasm",
    ...desk(2050),
    act: async (page) => {
      await page.getByText("Layer 3: tfjs-webgl and onnx-wasm compared.").waitFor(LONG);
      // Only a few maps are painted in each frame.
      await page.waitForTimeout(500);
    },
  },
  {
    name: "conformance",
    state: `view=conformance&suite=${suiteBackends}&fault=swapped-strides&filter=op/*/exact/**`,
    ...desk(1500),
    act: async (page) => {
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await page.getByText(/^Ended\. /).waitFor(LONG);
    },
  },
  {
    name: "bench",
    state: "view=bench",
    ...desk(1000),
    act: async (page) => {
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await page.getByText(/^Done: /).waitFor(LONG);
    },
  },
  {
    name: "zoo",
    state: "view=zoo&model=resnet18",
    ...desk(1800),
    act: (page) => page.getByText(/building \d+ of/).waitFor({ state: "hidden", ...LONG }),
  },
  {
    name: "build",
    state: "view=build",
    ...desk(1420),
    act: async (page) => {
      await page.getByText("Every layer fits.").waitFor(LONG);
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await page.getByRole("heading", { name: /^On / }).waitFor(LONG);
    },
  },
  {
    name: "telephone",
    state: "view=compare&backends=onnx-wasm,tfjs-wasm,tfjs-webgl&lang=zh",
    width: 360,
    height: 3010,
    colorScheme: "dark",
    act: runComparison,
  },
];
