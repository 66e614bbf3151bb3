import { createModel, models, modelSummary, pretrainedFor, type SummaryEntry } from "@isoconv/zoo";
import type { Locator, Page } from "playwright";
import { describe, expect, it } from "vitest";
import { demoPages, hasBrowser } from "./demo-page.test.support.js";
import { bodyOf } from "./table.test.support.js";

const names = models.map(({ name }) => name);
const count = (value: number): string => value.toLocaleString("en-US");

/** The table of networks, after every network has been built. */
async function builtTable(page: Page): Promise<Locator> {
  const table = page.getByRole("table", { name: "Networks of the zoo" });
  await table.waitFor();
  await page.getByText(/building \d+ of/).waitFor({ state: "hidden" });
  return table;
}

describe.skipIf(!hasBrowser)("the zoo", () => {
  const { open } = demoPages();

  it("lists every network with its figures, and sorts by them in both directions and back", async () => {
    const { page, complaints } = await open("view=zoo");
    const table = await builtTable(page);
    const listed = await bodyOf(table);
    expect(listed.map(([name]) => name)).toEqual(names);
    const totals = models.map(({ name }) => modelSummary(createModel(name)).totals);
    expect(listed.map(([, parameters, macs]) => [parameters, macs])).toEqual(
      totals.map(({ parameters, macs }) => [count(parameters), count(macs)]),
    );

    const topOneOf = async (name: string): Promise<string | undefined> =>
      (await bodyOf(table)).find(([each]) => each === name)?.[5]?.trim();
    await expect.poll(() => topOneOf("d2l/lenet")).toMatch(/^Fashion-MNIST \d\d\.\d\d$/);
    expect(await topOneOf("resnet18")).toBe("69.76");

    const head = table.getByRole("columnheader", { name: "Parameters" });
    const inOrder = async (): Promise<readonly string[]> => table.getByRole("rowheader").allInnerTexts();
    const ascending = models
      .map(({ name }, index) => ({ name, parameters: totals[index].parameters }))
      .toSorted((a, b) => a.parameters - b.parameters)
      .map(({ name }) => name);
    await head.getByRole("button").click();
    await expect.poll(inOrder).toEqual(ascending);
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("ascending");
    await head.getByRole("button").press("Enter");
    await expect.poll(async () => (await inOrder())[0]).toBe(ascending.at(-1));
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("descending");
    await head.getByRole("button").press("Enter");
    await expect.poll(inOrder).toEqual(names);
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("none");
    expect(complaints).toEqual([]);
  });

  it("filters by word, family and known accuracy", async () => {
    const { page, complaints } = await open("view=zoo");
    const shown = page.getByRole("table", { name: "Networks of the zoo" }).getByRole("rowheader");
    const status = page.getByRole("search").getByRole("status");
    await page.getByRole("searchbox", { name: "Find" }).fill("SQUEEZEnet");
    await expect.poll(() => shown.allInnerTexts()).toEqual(["squeezenet1_0", "squeezenet1_1"]);
    await expect.poll(() => status.innerText()).toBe(`2 of ${models.length} networks`);
    await page.getByRole("searchbox", { name: "Find" }).fill("");
    await page.getByRole("combobox", { name: "Family" }).selectOption("densenet");
    await page.getByRole("checkbox", { name: "with known accuracy only" }).check();
    const family = models.filter((model) => model.family === "densenet").map(({ name }) => name);
    await expect.poll(() => shown.allInnerTexts()).toEqual(family);
    await page.getByRole("combobox", { name: "Family" }).selectOption("nin");
    await expect.poll(() => shown.count()).toBe(0);
    await expect.poll(() => status.innerText()).toBe(`0 of ${models.length} networks`);
    expect(complaints).toEqual([]);
  });

  it("shows a network in detail: its facts, its layers as in `modelSummary`, and a drawing", async () => {
    const { page, complaints } = await open("view=zoo");
    await page.getByRole("link", { name: "squeezenet1_1", exact: true }).click();
    const details = page.getByRole("region", { name: "squeezenet1_1 in detail" });
    const summary = modelSummary(createModel("squeezenet1_1"));
    const { parameters, macs } = summary.totals;
    const facts = details.getByRole("definition");
    await facts.getByText(`${count(parameters)} parameters, ${count(macs)} multiply-adds`).waitFor();
    const [weights] = pretrainedFor("squeezenet1_1");
    await facts.getByText(`${weights.name}: ${weights.accuracy.top1} %`).waitFor();

    const tree = details.getByRole("region", { name: "Layers of squeezenet1_1" });
    await details.getByRole("combobox", { name: "Open to level" }).selectOption("1");
    const figuresOf = async (): Promise<readonly unknown[]> =>
      (await bodyOf(tree)).map(([name, op, , own, macsOfIt]) => [name.replace(/^[▸▾]\s*/u, ""), op, own, macsOfIt]);
    const lineOf = ({ path, op, ...entry }: SummaryEntry, under = ""): readonly unknown[] => [
      path.slice(under.length),
      op ?? "",
      count(entry.parameters),
      count(entry.macs),
    ];
    await expect.poll(figuresOf).toEqual(summary.children.map((entry) => lineOf(entry)));
    const [first] = summary.children;
    const opener = tree.getByRole("button", { name: `Open ${first.path}`, exact: true });
    await opener.press("Enter");
    await tree.getByRole("button", { name: `Close ${first.path}`, exact: true, expanded: true }).waitFor();
    const opened = first.children.map((entry) => lineOf(entry, `${first.path}.`));
    expect((await figuresOf()).slice(1, 1 + opened.length)).toEqual(opened);
    await details.getByRole("region", { name: "Drawing" }).getByRole("img", { name: "squeezenet1_1" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows the program that runs a network on the chosen backend", async () => {
    const { page, complaints } = await open("view=zoo&model=resnet18", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByRole("combobox", { name: "Backend" }).selectOption("tfjs-webgpu");
    const code = await page.getByRole("code").innerText();
    expect(code).toContain('import { createBackend } from "@isoconv/backend-tfjs/webgpu";');
    const lines = code.split("\n").filter((line) => line !== "" && !line.startsWith("import "));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('createModel("resnet18")');
    expect(lines[2]).toContain("float32([1, 3, 224, 224])");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    expect(complaints).toEqual([]);
  });
});
