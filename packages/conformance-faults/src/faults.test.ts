import { isIsoconvError, opNames, type Backend } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { exampleNetwork, fillNetwork, judgeNetwork, Memo } from "@isoconv/judge";
import type { Fault } from "@isoconv/conformance/faults";
import { faults } from "./faults.js";
import { variants } from "./variants.js";
import { witnesses, type Witness } from "./witnesses.test.support.js";

const memo = new Memo();

/** The reason why a backend's results are refused, or `undefined`. */
async function refusal(
  backend: Backend,
  key: string,
  { network, exactly, runs }: Witness,
): Promise<string | undefined> {
  const filled = fillNetwork(network, backend.capabilities);
  try {
    const executable = await backend.compile(filled.graph, filled.parameters);
    for (let run = 0; run < runs; run += 1) {
      const results = await executable.run(filled.feeds);
      const judgement = await judgeNetwork({ key, network: filled, exactly }, results, backend.capabilities, memo);
      if (!judgement.passed) return judgement.reason;
    }
    await executable.dispose();
    return undefined;
  } catch (error) {
    if (isIsoconvError(error)) return error.message;
    throw error;
  }
}

const example = (op: (typeof opNames)[number]): Witness => ({
  network: exampleNetwork(op, `example/${op}`),
  exactly: false,
  runs: 1,
});

test("the names of faults and of variants are unique", () => {
  for (const names of [faults.map(({ name }) => name), variants.map(({ name }) => name)]) {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/u);
  }
  expect(faults.length).toBeGreaterThanOrEqual(42);
  expect(variants.length).toBeGreaterThanOrEqual(7);
});

test("every witness belongs to a fault", () => {
  const names = new Set(faults.map(({ name }) => name));
  expect(Object.keys(witnesses).filter((name) => !names.has(name))).toEqual([]);
});

const witnessed = faults.flatMap((fault): [string, Fault, Witness][] => {
  const witness = witnesses[fault.name];
  return witness === undefined ? [] : [[fault.name, fault, witness]];
});

describe("a fault that changes results", () => {
  test.each(witnessed)("%s differs from the oracle, and the correct backend does not", async (name, fault, witness) => {
    const [plain] = variants;
    expect(await refusal(await fault.create(), name, witness)).toBeTypeOf("string");
    expect(await refusal(await plain.create(), name, witness)).toBeUndefined();
  });

  test.each(faults.filter(({ ops }) => ops.length > 0).map((fault): [string, Fault] => [fault.name, fault]))(
    "%s does not change other operations",
    async (_name, fault) => {
      const backend = await fault.create();
      for (const op of opNames.filter((op) => !fault.ops.includes(op))) {
        expect(await refusal(backend, `example/${op}`, example(op)), op).toBeUndefined();
      }
    },
  );
});

test.each(
  faults.filter(({ killedBy }) => !killedBy.includes("contract")).map((fault): [string, Fault] => [fault.name, fault]),
)("%s counts its memory correctly", async (_name, fault) => {
  const backend = await fault.create();
  const { graph, parameters, feeds } = fillNetwork(exampleNetwork("conv2d", "memory"), backend.capabilities);
  const executable = await backend.compile(graph, parameters);
  const compiled = backend.memory().buffers;
  await executable.run(feeds);
  expect(backend.memory().buffers).toBe(compiled);
  await executable.dispose();
  expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 });
});
