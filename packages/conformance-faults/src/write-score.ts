import { writeFileSync } from "node:fs";
import { planConformance } from "@isoconv/conformance";
import { faults } from "./faults.js";
import { scoreDocument, scoreFaults } from "./score.js";
import { variants } from "./variants.js";

/** `npm run docs`: writes docs/faults.md. */
const score = await scoreFaults(planConformance(), { faults, variants });
writeFileSync(new URL("../../../docs/faults.md", import.meta.url), scoreDocument(score));
