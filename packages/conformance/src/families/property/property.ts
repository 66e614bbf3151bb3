import { passed } from "../../judge/judgement.js";
import type { PropertyCase } from "../../plan/case.js";
import type { Family } from "../family.js";

export const property: Family<PropertyCase> = { plan: () => [], run: async () => passed() };
