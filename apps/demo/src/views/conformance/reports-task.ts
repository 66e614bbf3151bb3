import { readReport } from "@isoconv/conformance";
import { checkFile } from "@isoconv/weights";
import { fetchFile } from "../../engine/fetch-file.js";
import type { Handlers } from "../../engine/serve.js";

export const reports: Handlers["reports"] = (given) =>
  Promise.all(
    given.map(async (source) => {
      const content = "file" in source ? source.file : await fetchFile(source.url);
      const bytes = new Uint8Array(await content.arrayBuffer());
      checkFile(bytes, ["json"], { path: source.name, expected: "a report.json of isoconv" });
      const report = readReport(new TextDecoder().decode(bytes));
      return { name: source.name, report: { ...report, cases: [] } };
    }),
  );
