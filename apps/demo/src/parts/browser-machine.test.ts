import { expect, it } from "vitest";
import { browserMachine } from "./browser-machine.js";

const told = (userAgent: string) => browserMachine({ userAgent, hardwareConcurrency: 8 });

it("names the browser, not those it derives from", () => {
  const chromium =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  expect(told(chromium)).toEqual({
    cpu: "unnamed processor",
    cores: 8,
    platform: "X11; Linux x86_64",
    host: "Chromium 156.0.0.0",
  });
  expect(told(`${chromium} Edg/156.0.1.0`).host).toBe("Edge 156.0.1.0");
  const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";
  expect(told(firefox)).toMatchObject({ platform: "Windows NT 10.0; Win64", host: "Firefox 150.0" });
  const safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15";
  expect(told(safari).host).toBe("Safari 26.1");
  expect(told("something else").host).toBe("a browser");
});
