import { describeConformance } from "@isoconv/conformance/vitest";
import { createBackend } from "./index.js";

/** Without a share every case is a test, for a minute. */
const share = process.env["ISOCONV_FULL"] === "1" ? 1 : 0.05;

describeConformance({ name: "tutorial", create: createBackend, share });
