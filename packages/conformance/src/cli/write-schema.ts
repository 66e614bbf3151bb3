import { writeFileSync } from "node:fs";
import { reportSchema } from "../report/report-codec.js";

/** `npm run docs`: writes report.schema.json of this package. */
writeFileSync(new URL("../../report.schema.json", import.meta.url), `${JSON.stringify(reportSchema, undefined, 2)}\n`);
