import { expect, test } from "vitest";
import { code, escapeMarkdown, link, markdownTable } from "./markdown.js";
import { renderMatrix } from "./matrix-markdown.js";
import type { Report } from "./report.js";
import { faultyReport, hostileReport, HOSTILE, opCount } from "./sample-plan.test.support.js";
import { renderSummary } from "./summary-markdown.js";

/** The number of cells of a row, which unescaped pipes separate. */
function cells(line: string): number {
  return line.split(/(?<!\\)\|/).length - 2;
}

function tables(markdown: string): readonly (readonly string[])[] {
  const blocks = markdown.split("\n\n").map((block) => block.split("\n"));
  return blocks.filter(([first]) => first?.startsWith("| "));
}

test("texts keep their characters and cannot change the Markdown around them", () => {
  expect(escapeMarkdown("a|b\n<c> `d`")).toBe("a\\|b \\<c\\> \\`d\\`");
  expect(code("a`b|c")).toBe("`` a`b\\|c ``");
  expect(link("why", "https://example.org/1")).toBe("[why](https://example.org/1)");
  expect(link("why", "javascript:alert(1)")).toBe("why (javascript:alert(1))");
  expect(markdownTable(["a"], [["1"]])).toBe("| a |\n| --- |\n| 1 |");
});

test("the summary has the verdict, the findings and the commands that repeat them", async () => {
  const summary = renderSummary(await faultyReport());
  expect(summary).toContain("# Conformance of faulty: nonconformant");
  expect(summary).toMatch(/- \*\*fail\*\* `op\/relu\/matrix\/example`: .*expected .* got/);
  expect(summary).toContain("`isoconv conformance --backend faulty --replay op/relu/matrix/example --seed 1`");
  expect(summary).toMatch(/\| `conv2d` \| native \| 1 pass \| [\d.< ]+ % \| `op\/conv2d\/matrix\/example` \|/);
  expect(summary).toMatch(/- no case of .*gelu/);
});

test("hostile texts leave every table rectangular", async () => {
  const report = await hostileReport();
  for (const markdown of [renderSummary(report), renderMatrix([report, await faultyReport()])]) {
    expect(tables(markdown).length).toBeGreaterThan(0);
    for (const table of tables(markdown)) expect(new Set(table.map(cells)).size).toBe(1);
    expect(markdown).not.toMatch(/(?<!\\)<img/);
    expect(markdown).not.toContain(HOSTILE);
  }
});

test("the matrix has a row for every operation, a verdict of each backend, and notes with links", async () => {
  const matrix = renderMatrix([await hostileReport(), await faultyReport()]);
  expect(tables(matrix)[0]).toHaveLength(opCount + 2 + 9);
  expect(matrix).toMatch(/^\| GPU \| – \| – \|$/m);
  expect(matrix).toContain("| **verdict** | **nonconformant** | **nonconformant** |");
  expect(matrix).toMatch(/\| `relu` \| not run \| fail, /);
  expect(matrix).toMatch(/\| `gelu` \| unsupported \|/);
  expect(matrix).toMatch(/does not support `gelu`: \[.*\]\(https:\/\/example.org\/1\)/);
  expect(matrix).toMatch(/xfail `a\/\*`: \[.*\]\(https:\/\/example.org\/2\) \(1 case\)/);
});

test("two reports of one backend have their hosts in their names, so that columns have different names", async () => {
  const report = await faultyReport();
  const on = (host: string, backend = report.backend): Report => ({
    ...report,
    backend,
    machine: { cpu: "a", cores: 2, platform: "linux", host },
  });
  const matrix = renderMatrix([on("Node 20.20.2"), on("Chromium 156.0.1"), on("Node 20.20.2", "other")]);
  expect(matrix).toContain("| operation | faulty in Node | faulty in Chromium | other |");
});
