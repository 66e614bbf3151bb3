import { expect, test } from "vitest";
import { faultyReport, hostileReport } from "../sample-plan.test.support.js";
import { wellFormedness } from "../well-formed.test.support.js";
import { renderPage } from "./page.js";

const section = `<h2 id="speed">Speed</h2><p>2 rounds</p>`;
const coverage = [{ op: "conv2d", attribute: "groups", tried: ["1", "<4>"], untried: ["32"] }] as const;

test("the page is well-formed and self-contained with any texts", async () => {
  const page = renderPage({ reports: [await hostileReport(), await faultyReport()], coverage, sections: [section] });
  // Escaping does not concern lone surrogates and control characters.
  expect(wellFormedness(page)).toEqual([]);
  expect(page).not.toContain("<img");
  expect([...page.matchAll(/<script/g)]).toHaveLength(1);
  expect(page).not.toMatch(/(src|href)="(?!#|https:\/\/example\.org)/);
  expect(page).not.toContain('href="javascript:');
});

test("a cell of the matrix links to the operation's cases without a script", async () => {
  const page = renderPage({ reports: [await hostileReport(), await faultyReport()] });
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  expect(targets).toContain("op-1-relu");
  expect(page).toMatch(/aria-label="relu on faulty: 2 (pass|fail)|aria-label="relu on faulty: 1 pass, 1 fail/);
});

test("a case shows its reason, its worst element and the command that repeats it", async () => {
  const page = renderPage({ reports: [await faultyReport()] });
  expect(page).toContain("isoconv conformance --backend faulty --replay op/relu/matrix/example --seed 1");
  expect(page).toMatch(/<dt>worst element<\/dt><dd><code>relu<\/code> ∞ of its bound, y\[0/);
});

test("coverage, probes and the caller's sections are on the page if they are not empty", async () => {
  const report = await hostileReport();
  const whole = renderPage({ reports: [report], coverage, sections: [section] });
  for (const id of ["speed", "coverage", "probes", "capabilities", "totals"])
    expect(whole).toContain(`<h2 id="${id}">`);
  expect(whole).toContain("1.000244 &lt;b&gt;");
  const bare = renderPage({ reports: [await faultyReport()] });
  for (const id of ["speed", "coverage", "probes"]) expect(bare).not.toContain(`<h2 id="${id}">`);
});
