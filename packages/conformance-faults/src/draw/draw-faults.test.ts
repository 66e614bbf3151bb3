import { readdirSync, readFileSync } from "node:fs";
import { hostBackend } from "@isoconv/conformance/faults";
import { Memo } from "@isoconv/judge";
import { expect, test } from "vitest";
import { drawFault, drawFaults, isWitnessed } from "./draw-faults.js";
import { kinds } from "./drawn-fault.js";
import { streamOf } from "./stream.js";

test("a stream gives the same choices for the same seed and name", () => {
  const draw = (seed: number, name: string): readonly number[] => {
    const stream = streamOf(seed, name);
    return Array.from({ length: 100 }, () => stream.logInteger(2, 1_000_000));
  };
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  expect(draw(2, "a")).not.toEqual(draw(1, "a"));
  expect(draw(1, "b")).not.toEqual(draw(1, "a"));
  for (const number of draw(3, "a")) expect(number >= 2 && number <= 1_000_000).toBe(true);
  const decades = new Set(draw(1, "a").map((number) => Math.floor(Math.log10(number))));
  expect(decades).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});

test("a seed gives the same faults, of each kind as many, and each shows on its witness", async () => {
  const drawn = await drawFaults(7, 20);
  expect(new Set(drawn.map(({ name }) => name)).size).toBe(20);
  for (const kind of kinds) expect(drawn.filter((fault) => fault.kind === kind)).toHaveLength(5);
  const again = await drawFaults(7, 8);
  expect(again.map(({ name, what }) => [name, what])).toEqual(drawn.slice(0, 8).map(({ name, what }) => [name, what]));
  for (const { name, kind, create, createControl, witness } of drawn) {
    expect(name).toMatch(new RegExp(`^${kind}-7-\\d+$`, "u"));
    await using faulty = await create();
    await using control = await createControl();
    await using correct = hostBackend("correct");
    const memo = new Memo();
    expect(await witness(faulty, memo), name).toBeTypeOf("string");
    expect(await witness(control, memo), name).toBeUndefined();
    expect(await witness(correct, memo), name).toBeUndefined();
  }
});

test("another seed gives other faults", () => {
  const what = (seed: number): readonly string[] => kinds.map((kind) => drawFault(seed, kind, 0).what);
  expect(what(1)).not.toEqual(what(2));
});

test.each(["state", "graph"] as const)("nearly every draw of kind %s shows on its witness", async (kind) => {
  const shown: boolean[] = [];
  for (let number = 0; number < 40; number += 1) shown.push(await isWitnessed(drawFault(8, kind, number)));
  expect(shown.filter(Boolean).length).toBeGreaterThanOrEqual(38);
});

test("the generators import nothing of the suite but the tools to write faults", () => {
  const folder = new URL(".", import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const imports = [...readFileSync(new URL(name, folder), "utf8").matchAll(/from "(@isoconv\/conformance[^"]*)"/gu)];
    for (const [, path] of imports) expect(path, name).toBe("@isoconv/conformance/faults");
  }
});
