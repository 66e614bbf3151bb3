import { wellFormedness } from "./well-formed.test.support.js";
import { expect, test } from "vitest";
import { escapeXml, renderJunit } from "./junit.js";
import { hostileReport } from "./sample-plan.test.support.js";

test("every status has its JUnit element, and the counts add up", async () => {
  const report = await hostileReport();
  const xml = renderJunit(report);
  const count = (pattern: RegExp): number => [...xml.matchAll(pattern)].length;
  expect(xml).toContain(`tests="${report.cases.length + 1}" failures="4" errors="1" skipped="3"`);
  expect(count(/<testcase /g)).toBe(report.cases.length + 1);
  expect(count(/<failure /g)).toBe(4);
  expect(count(/<error /g)).toBe(1);
  expect(count(/<skipped /g)).toBe(3);
  expect(xml).toContain(`<skipped message="expected failure: `);
  expect(xml).toContain(`<skipped message="unsupported: gelu"/>`);
});

test("hostile texts leave the XML well-formed", async () => {
  const xml = renderJunit(await hostileReport());
  expect(wellFormedness(xml)).toEqual([]);
  expect(xml).toContain("isoconv conformance --backend");
});

test("characters that XML cannot contain are replaced, and others are kept", () => {
  expect(escapeXml("a\u0000\u001b\ufffe\ud800b")).toBe("a\ufffd\ufffd\ufffd\ufffdb");
  expect(escapeXml(`<&>"\n😀`)).toBe("&lt;&amp;&gt;&quot;&#10;😀");
});
