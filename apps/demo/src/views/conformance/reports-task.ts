import { readReport } from "@isoconv/conformance";
import { fetchFile } from "../../engine/fetch-file.js";
import type { Handlers } from "../../engine/serve.js";

export const reports: Handlers["reports"] = (given) =>
  Promise.all(
    given.map(async (source) => {
      const content = "file" in source ? source.file : await fetchFile(source.url);
      const report = readReport(await content.text());
      return { name: source.name, report: { ...report, cases: [] } };
    }),
  );
