import { readReport } from "@isoconv/conformance";
import type { Handlers } from "../../engine/serve.js";

export const reports: Handlers["reports"] = (given) =>
  Promise.all(
    given.map(async ({ name, text, url }) => {
      const report = readReport(text ?? (url === undefined ? "" : await fetchText(url)));
      return { name, report: { ...report, cases: [] } };
    }),
  );

/** @throws Error with the address where there is nothing */
async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.text();
}
