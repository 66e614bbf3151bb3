import { expect, it } from "vitest";
import { hasBrowser } from "./demo-page.test.support.js";

const isRequired = process.env["ISOCONV_REQUIRE_BROWSER"] === "1";

it("a browser is installed", ({ skip }) => {
  if (!isRequired && !hasBrowser) {
    skip("no chromium, chromium-browser or google-chrome on the PATH; ISOCONV_REQUIRE_BROWSER=1 makes this a failure");
  }
  expect(hasBrowser).toBe(true);
});
