import { findBrowser } from "@isoconv/browser-tests";
import type { ReportEntry } from "./committed.js";
import { hasTensorflow } from "./run-suite.js";

/** The part that this machine lacks for a report, and how to get it; `undefined` if nothing is missing. */
export function lackFor({ backend, host, isOnGpu }: ReportEntry): string | undefined {
  if (host === "page" && findBrowser() === undefined) {
    return "no Chromium on the PATH; ISOCONV_REQUIRE_BROWSER=1 makes this a failure";
  }
  if (host === "node" && isOnGpu && process.env["VK_DRIVER_FILES"] === undefined) {
    return "no software Vulkan, which is Chromium's; ISOCONV_REQUIRE_VULKAN=1 makes this a failure";
  }
  if (backend === "tfjs-node" && !hasTensorflow) return "TensorFlow's library is not there: tools/tensorflow/build.sh";
  return undefined;
}
