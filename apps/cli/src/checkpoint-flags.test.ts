import { describe, expect, it } from "vitest";
import { checkNoFlags, checkpointOptions, checkpointWords, describeReading } from "./checkpoint-flags.js";

const flags = {
  prefix: "ema",
  ignore: ["head.*", "*.extra"],
  rename: [["a.*", "b.*"]],
  freshHead: 0,
  adaptChannels: true,
} as const;

describe("the flags of a file of weights", () => {
  it("are the options of loadCheckpoint", () => {
    expect(checkpointOptions(flags)).toEqual({
      prefix: "ema",
      ignore: ["head.*", "*.extra"],
      rename: { "a.*": "b.*" },
      freshHead: { seed: 0 },
      adaptChannels: true,
    });
  });

  it("are repeated in the command of a repro, with globs that a shell leaves alone", () => {
    expect(checkpointWords(flags).join(" ")).toBe(
      "--prefix ema --ignore 'head.*' --ignore '*.extra' --rename 'a.*=b.*' --fresh-head 0 --adapt-channels",
    );
    expect(checkpointWords({})).toEqual([]);
  });

  it("are refused without a file, and when one name is renamed twice", () => {
    expect(() => checkNoFlags({ freshHead: 0 }, "needs a file")).toThrow("--fresh-head needs a file");
    expect(() => checkNoFlags({ ignore: [], rename: [], adaptChannels: false }, "needs a file")).not.toThrow();
    const twice = [
      ["a", "b"],
      ["a", "c"],
    ] as const;
    expect(() => checkpointOptions({ rename: twice })).toThrow("--rename has a twice");
  });
});

describe("describeReading", () => {
  const plain = { naming: "pytorch", prefix: "", renamed: [], dropped: [], fresh: [], adapted: [] } as const;

  it("says nothing about a file with the network's names", () => {
    expect(describeReading(plain)).toEqual([]);
  });

  it("counts what was done by its reason, with three names each", () => {
    const dropped = ["a", "b", "c", "d"].map((name) => ({ name, why: "no-parameter" }) as const);
    expect(
      describeReading({
        ...plain,
        prefix: "module.",
        renamed: [{ from: "module.head.weight", to: "fc.weight" }],
        dropped: [...dropped, { name: "aux1.\u001b[31m", why: "auxiliary-head" }],
      }),
    ).toEqual([
      'took "module." off the names',
      'renamed 1 tensor ("module.head.weight")',
      'dropped 4 tensors ("a", "b", "c", …): not parameters of a network',
      expect.stringMatching(/^dropped 1 tensor \("aux1\.\P{Cc}*"\): of auxiliary heads/u),
    ]);
  });
});
