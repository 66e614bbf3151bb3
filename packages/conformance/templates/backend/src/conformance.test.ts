import { describeConformance } from "@isoconv/conformance/vitest";
import { createBackend } from "./index.js";
import { expectations } from "./expectations.js";

describeConformance({ name: "my-backend", create: createBackend, profile: "inference", expectations });
