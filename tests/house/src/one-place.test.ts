import { expect, it } from "vitest";
import { readText, sourcesBelow } from "./repository.test.support.js";

/** What has one place: who may use the pattern, and where everything else goes. */
const places = [
  {
    rule: "apps read weights through readWeights",
    pattern: /\breadSafetensors\b/,
    folders: ["apps"],
    allowed: [],
  },
  {
    rule: "publishedWeights alone decides whether a checkpoint is published weights",
    pattern: /pretrainedFor\([^)]*\)\s*\.(some|find)\(/,
    folders: ["apps", "packages"],
    allowed: ["packages/zoo/src/pretrained/pretrained.ts"],
  },
  {
    rule: "the bound is computed from an accuracy rule in judge alone",
    pattern: /rule\.magnitude \*/,
    folders: ["apps", "packages", "benchmarks", "examples"],
    allowed: ["packages/judge/src/bound.ts"],
  },
] as const;

it.each(places)("$rule", ({ pattern, folders, allowed }) => {
  const users = folders.flatMap(sourcesBelow).filter((path) => pattern.test(readText(path)));
  expect(users.filter((path) => !(allowed as readonly string[]).includes(path))).toEqual([]);
});
