import type { Backend } from "@isoconv/core-spec";
import { goldenCases, operandsOf, type OpCase as OpGolden } from "@isoconv/goldens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOp, type OpCase } from "@isoconv/judge";
import { modules } from "./node.js";
import { backendsOn, runsAnywhere } from "./table.js";

function caseOf(golden: OpGolden): OpCase {
  const { id, op, attrs } = golden;
  return { id, op, attrs, inputs: operandsOf(golden) };
}

describe.each(backendsOn("node").filter(runsAnywhere))("$id", ({ id }) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await (await modules[id]()).createBackend();
  });
  afterAll(() => backend.dispose());

  it("has its id", () => expect(backend.id).toBe(id));

  it.each(goldenCases.map((opGolden) => [opGolden.id, opGolden] as const))(
    "holds the derived bound on %s",
    async (_id, opGolden) => {
      expect(await checkOp(backend, caseOf(opGolden))).toMatchObject({ agrees: true, reason: undefined });
    },
  );

  it("holds no buffers after all runs", () => expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 }));
});
