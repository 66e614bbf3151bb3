import { writeFileSync } from "node:fs";
import { renderOpsDocs } from "./docs.js";

/** `npm run docs`: writes docs/ops.md of the repository. */
writeFileSync(new URL("../../../docs/ops.md", import.meta.url), renderOpsDocs());
