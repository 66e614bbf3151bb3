import { checkOp } from "@isoconv/judge";
import { opNames, type Backend } from "@isoconv/core-spec";
import { goldenCases, operandsOf } from "@isoconv/goldens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBackend } from "./index.js";

describe("the tutorial backend", () => {
  let backend: Backend;
  beforeAll(async () => void (backend = await createBackend()));
  afterAll(() => backend.dispose());

  it.each(goldenCases.map((golden) => [golden.id, golden] as const))(
    "gives PyTorch's result of %s",
    async (_id, golden) => {
      const { id, op, attrs } = golden;
      const agreement = await checkOp(backend, { id, op, attrs, inputs: operandsOf(golden) });
      expect(agreement).toMatchObject({ agrees: true, reason: undefined });
    },
  );

  it("has every operation", () => {
    expect(opNames.filter((op) => typeof backend.capabilities.ops[op] === "object")).toEqual([]);
  });

  it("holds no buffers at the end", () => expect(backend.memory()).toEqual({ buffers: 0, bytes: 0 }));
});
