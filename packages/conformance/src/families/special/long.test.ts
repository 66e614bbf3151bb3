import type { Backend, OpName, KernelTable } from "@isoconv/core-spec";
import { Memo } from "@isoconv/judge";
import { describe, expect, it } from "vitest";
import { correct, hostBackend, mapKernels } from "../../faults/base.js";
import { mapElements, type HostArray } from "../../faults/host-array.js";
import { planConformance } from "../../plan/plan.js";
import { runConformance } from "../../run/run-conformance.js";
import { longCases } from "./long.js";

const memo = new Memo();
const ids = (op: OpName): readonly string[] => longCases(op).map(({ name }) => `op/${op}/special/${name}`);

/** How many of an operation's long cases a backend with these kernels fails. */
async function failures(op: OpName, kernels: Partial<KernelTable<HostArray>>): Promise<number> {
  const plan = planConformance({ budget: "full", filter: ids(op) });
  expect(plan.cases).toHaveLength(ids(op).length);
  const create = async (): Promise<Backend> => hostBackend("host", { kernels, passes: [] });
  const { cases } = await runConformance(plan, { create, memo });
  return cases.filter(({ status }) => status !== "pass").length;
}

const changed = (op: OpName, change: (y: number, index: number) => number): KernelTable<HostArray> =>
  mapKernels(correct, (value, name) => (name === op ? mapElements(value, change) : value));

const products = ["conv2d", "convTranspose2d", "linear"] as const;
const averages = ["mean", "globalAvgPool2d", "adaptiveAvgPool2d", "avgPool2d"] as const;

it("quick has none of them", () => {
  for (const op of [...products, ...averages, "lrn"] as const) {
    const { cases } = planConformance({ filter: [`op/${op}/special/**`] });
    expect(cases.filter(({ id }) => ids(op).includes(id))).toEqual([]);
  }
});

it.each([...products, ...averages, "lrn"] as const)("pass on correct kernels of %s", async (op) => {
  expect(await failures(op, correct)).toBe(0);
});

describe.each(products)("a NaN of a long sum of %s", (op) => {
  it.each([0, 4, 31])("is noticed where it is lost in lane %i of 32", async (lane) => {
    const lost = changed(op, (y, k) => (k % 32 === lane && Number.isNaN(y) ? 0 : y));
    expect(await failures(op, lost)).toBe(1);
  });
});

describe.each(averages)("the factor of %s", (op) => {
  it.each(op === "mean" ? [9, 11, 13] : [13])("is noticed where it has %i bits", async (bits) => {
    const rounding = (count: number): number => {
      const exact = 1 / count;
      const unit = 2 ** (Math.floor(Math.log2(exact)) + 1 - bits);
      return (Math.round(exact / unit) * unit) / exact;
    };
    const counts = longCases(op).map(({ name }) => Number(name.split("-").at(-1)));
    let noticed = 0;
    for (const count of counts) {
      const plan = planConformance({ budget: "full", filter: [`op/${op}/special/positive-over-${count}`] });
      const kernels = changed(op, (y) => y * rounding(count));
      const { cases } = await runConformance(plan, {
        create: async () => hostBackend("host", { kernels, passes: [] }),
        memo,
      });
      noticed += cases.filter(({ status }) => status !== "pass").length;
    }
    expect(noticed).toBeGreaterThan(1);
  });
});

it.each([2 ** 61, 2 ** 62, 2 ** 63])("an operand of lrn beyond %d is noticed where it becomes ∞", async (limit) => {
  const kernels: KernelTable<HostArray> = {
    ...correct,
    lrn: ({ x }, ...rest) =>
      correct.lrn({ x: mapElements(x, (y) => (Math.abs(y) > limit ? y * Infinity : y)) }, ...rest),
  };
  expect(await failures("lrn", kernels)).toBe(1);
});
