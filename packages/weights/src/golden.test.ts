import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSafetensors } from "./read-safetensors.js";

const golden = (name: string): URL => new URL(`../../../goldens/data/${name}`, import.meta.url);

interface Case {
  readonly id: string;
  readonly op: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

// Written by goldens/generator in Python, which shares no code with this package.
describe("the golden outputs of operations", () => {
  const { tensors } = readSafetensors(readFileSync(golden("ops.safetensors")));
  const cases = JSON.parse(readFileSync(golden("ops.json"), "utf8")) as readonly Case[];

  it("has a tensor for every case, in float64", () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(cases.map(({ id }) => id).filter((id) => !tensors.has(id))).toEqual([]);
    for (const { dtype, shape, byteLength } of tensors.values()) {
      expect(dtype).toBe("F64");
      expect(byteLength).toBe(8 * shape.reduce((count, extent) => count * extent, 1));
    }
  });

  it("has the values those operations must give", () => {
    const relus = cases
      .filter(({ op }) => op === "relu")
      .flatMap(({ id }) => [...(tensors.get(id)?.toFloat64() ?? [])]);
    expect(relus.length).toBeGreaterThan(0);
    expect(relus.every((value) => value >= 0)).toBe(true);
    expect(relus.some((value) => value > 0)).toBe(true);
    const sigmoids = cases
      .filter(({ op }) => op === "sigmoid")
      .flatMap(({ id }) => [...(tensors.get(id)?.toFloat64() ?? [])]);
    expect(sigmoids.length).toBeGreaterThan(0);
    expect(sigmoids.every((value) => value >= 0 && value <= 1)).toBe(true);
    for (const { id } of cases.filter(({ op }) => op === "softmax")) {
      const tensor = tensors.get(id);
      const values = [...(tensor?.toFloat64() ?? [])];
      const sum = values.reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(Math.round(sum), 9);
      expect(sum).toBeGreaterThan(0);
      expect(tensor?.toFloat32().data).toEqual(Float32Array.from(values));
    }
  });
});
