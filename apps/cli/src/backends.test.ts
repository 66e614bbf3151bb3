import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { backends } from "./backends.js";

it("the README names the backends that the command knows", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, list = ""] = /^- Backends: ([^.;]+)[.;]/m.exec(readme) ?? [];
  expect([...list.matchAll(/`([^`]+)`/g)].map(([, id]) => id)).toEqual(backends.map(({ id }) => id));
});
