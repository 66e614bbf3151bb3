import { float32 } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { keyOfImage, keyOfNetwork } from "./identity.js";

describe("keyOfNetwork", () => {
  const seeded = { model: "resnet18", weights: { kind: "seed", seed: 1 } } as const;

  it("is the same for the same choice made twice", () => {
    expect(keyOfNetwork({ ...seeded, weights: { ...seeded.weights } })).toBe(keyOfNetwork(seeded));
  });

  it("differs with model, size, seed and file, though two files have one name", () => {
    const file = (): Parameters<typeof keyOfNetwork>[0] => ({
      model: "resnet18",
      weights: { kind: "file", files: { name: "w.safetensors", file: new Blob([new Uint8Array(1)]), others: [] } },
    });
    const keys = [
      seeded,
      { ...seeded, model: "resnet34" },
      { ...seeded, size: 64 },
      { ...seeded, weights: { kind: "seed", seed: 2 } as const },
      file(),
      file(),
    ].map(keyOfNetwork);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("keyOfImage", () => {
  it("differs for images that differ in shape or in one element", () => {
    const image = (shape: readonly number[], at = -1): string =>
      keyOfImage(
        float32(
          [...shape],
          Array.from({ length: 16 }, (_, i) => (i === at ? 1 : 0)),
        ),
      );
    const keys = [
      image([1, 1, 4, 4]),
      image([1, 1, 2, 8]),
      ...Array.from({ length: 16 }, (_, i) => image([1, 1, 4, 4], i)),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(image([1, 1, 4, 4], 3)).toBe(image([1, 1, 4, 4], 3));
  });
});
