import { describeConformance } from "@isoconv/conformance/vitest";
import { createBackend } from "./index.js";

describeConformance({ name: "tutorial", create: createBackend });
