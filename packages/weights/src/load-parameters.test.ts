import { float32 } from "@isoconv/core-spec";
import { describe, expect, it, vi } from "vitest";
import { loadParameters } from "./load-parameters.js";
import { errorOf, rawFile } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";
import type { WeightsFile } from "./weights-file.js";
import { renameTensors } from "./rename-tensors.js";
import { writeSafetensors } from "./write-safetensors.js";

const specs = [
  { name: "conv.weight", shape: [2, 1] },
  { name: "bn.bias", shape: [2] },
];
const tensors = { "conv.weight": float32([2, 1], [1, 2]), "bn.bias": float32([2], [3, 4]) };
const fileOf = (named: Record<string, ReturnType<typeof float32>>): WeightsFile =>
  readSafetensors(writeSafetensors(named));

describe("loadParameters", () => {
  it("picks parameters by name, without copying", () => {
    const bytes = writeSafetensors(tensors);
    const parameters = loadParameters(specs, readSafetensors(bytes));
    expect(parameters).toEqual(tensors);
    expect(parameters["bn.bias"]?.data.buffer).toBe(bytes.buffer);
  });

  it("refuses unknown options and names the nearest", () => {
    const load = () => loadParameters(specs, fileOf(tensors), { ignored: () => true } as never);
    expect(errorOf(load).message).toBe(
      'INVALID_ATTRIBUTE: loadParameters options.ignored: no such option; expected ignore, network, explain, got "ignored". Did you mean "ignore"?',
    );
    const list = () => loadParameters(specs, fileOf(tensors), { ignore: ["bn.bias"] } as never);
    expect(errorOf(list).message).toMatch(/options.ignore: .*expected a function/);
  });

  it("converts half precision", () => {
    const header = { "bn.bias": { dtype: "F16", shape: [2], data_offsets: [0, 4] } };
    const bytes = rawFile(header, 4);
    bytes.set([0x00, 0x3c, 0x00, 0xc0], bytes.byteLength - 4);
    expect(loadParameters([{ name: "bn.bias", shape: [2] }], readSafetensors(bytes))["bn.bias"]?.data).toEqual(
      Float32Array.of(1, -2),
    );
  });

  it.each(["bn.num_batches_tracked", "num_batches_tracked"])(
    "ignores %s, whether the network wants it or the file has it",
    (name) => {
      const counter = { name, shape: [] };
      const present = fileOf({ ...tensors, [name]: float32([], [5]) });
      expect(loadParameters(specs, present)).toEqual(tensors);
      expect(loadParameters([...specs, counter], present)).toEqual(tensors);
      expect(loadParameters([...specs, counter], fileOf(tensors))).toEqual(tensors);
      expect(loadParameters(specs, fileOf(tensors), { ignore: () => false })).toEqual(tensors);
    },
  );

  it("ignores given names in the network and in the file", () => {
    const file = fileOf({ ...tensors, "fc.weight": float32([1000]), "aux.weight": float32([1]) });
    const wanted = [...specs, { name: "fc.weight", shape: [10] }, { name: "fc.bias", shape: [10] }];
    expect(loadParameters(wanted, file, { ignore: (name) => /^(fc|aux)\./.test(name) })).toEqual(tensors);
  });

  it("takes constants from the network, not from the file", () => {
    const wanted = [...specs, { name: "scale", shape: [2, 1], value: [0.5, 2] }];
    const loaded = { ...tensors, scale: float32([2, 1], [0.5, 2]) };
    expect(loadParameters(wanted, fileOf(tensors))).toEqual(loaded);
    expect(loadParameters(wanted, fileOf({ ...tensors, scale: float32([3]) }))).toEqual(loaded);
    expect(loadParameters(wanted, fileOf(tensors), { ignore: (name) => name === "scale" })).toEqual(tensors);
  });

  it("refuses a constant that does not fill its shape", () => {
    const wanted = [{ name: "scale", shape: [2, 1], value: [0.5] }];
    expect(errorOf(() => loadParameters(wanted, fileOf({}))).message).toMatch(
      /INVALID_SHAPE.*expected 2 elements.*got 1/,
    );
  });

  it("reports everything in one error, two of each kind, with shapes", () => {
    const wanted = [
      ...Array.from({ length: 7 }, (_, index) => ({ name: `missing${index}`, shape: [index, 2] })),
      { name: "bn.bias", shape: [4] },
      { name: "conv.weight", shape: [1, 2] },
      { name: "scalar", shape: [] },
    ];
    const error = errorOf(() =>
      loadParameters(wanted, fileOf({ ...tensors, scalar: float32([1]), extra: float32([9]) })),
    );
    expect(error.code).toBe("INVALID_WEIGHTS");
    expect(error.message).toBe(
      "INVALID_WEIGHTS: parameters: the file does not fit the network: " +
        '7 missing ("missing0" 0×2 | "missing1" 1×2 | …); ' +
        '1 unexpected ("extra" 9); ' +
        '3 misshapen ("bn.bias" expected 4, got 2 | "conv.weight" expected 1×2, got 2×1 | …)',
    );
  });

  it("lists five names when they differ in one way only", () => {
    const extra = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`extra${index}`, float32([1])]));
    expect(errorOf(() => loadParameters(specs, fileOf({ ...tensors, ...extra }))).message).toContain(
      '6 unexpected ("extra0" 1 | "extra1" 1 | "extra2" 1 | "extra3" 1 | "extra4" 1 | …)',
    );
  });

  it("names the network and gives the caller's advice", () => {
    const load = (explain: () => string | undefined) => () =>
      loadParameters(specs, fileOf({}), { network: "tiny", explain });
    expect(errorOf(load(() => "Try another file")).message).toBe(
      'INVALID_WEIGHTS: "tiny" parameters: the file does not fit the network: ' +
        '2 missing ("conv.weight" 2×1 | "bn.bias" 2). Try another file',
    );
    expect(errorOf(load(() => undefined)).message).toMatch(/"bn\.bias" 2\)$/);
    const asked = vi.fn(() => undefined);
    loadParameters(specs, fileOf(tensors), { explain: asked });
    expect(asked).not.toHaveBeenCalled();
  });

  it("reports tensors that are not floating-point", () => {
    const file = readSafetensors(rawFile({ a: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }, 8));
    expect(errorOf(() => loadParameters([{ name: "a", shape: [1] }], file)).message).toMatch(
      /1 not floating-point \("a" I64\)/,
    );
  });

  it.each(["module.", "model.resnet."])("names a prefix %s of the file, which renameTensors takes off", (prefix) => {
    const entries = Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor] as const);
    const file = fileOf(Object.fromEntries(entries));
    expect(errorOf(() => loadParameters(specs, file)).message).toContain(
      `The file's names start with "${prefix}": take it off with renameTensors`,
    );
    expect(
      loadParameters(
        specs,
        renameTensors(file, (name) => name.slice(prefix.length)),
      ),
    ).toEqual(tensors);
  });

  it("names a prefix that the file lacks", () => {
    const wanted = specs.map(({ name, shape }) => ({ name: `backbone.${name}`, shape }));
    expect(errorOf(() => loadParameters(wanted, fileOf(tensors))).message).toContain(
      `The network's names start with "backbone.": put it before the file's with renameTensors`,
    );
  });

  it("reports no prefix where there is none", () => {
    const wanted = [...specs, { name: "bias", shape: [2] }];
    expect(
      errorOf(() => loadParameters(wanted, fileOf({ ...tensors, "a.bias": float32([2]), "b.c": float32([]) }))).message,
    ).not.toContain("start with");
  });

  it("uses the map's names in a file assembled by hand", () => {
    const file = fileOf({ "x.conv.weight": float32([2, 1], [1, 2]), "x.bn.bias": float32([2], [3, 4]) });
    const renamed = { ...file, tensors: new Map([...file.tensors].map(([name, tensor]) => [name.slice(2), tensor])) };
    expect(loadParameters(specs, renamed)).toEqual(tensors);
  });

  it("keeps the message short for names of any length", () => {
    const name = "n".repeat(100_000);
    const file = fileOf({ [name]: float32(Array.from({ length: 1000 }, () => 1)) });
    expect(errorOf(() => loadParameters(specs, file)).message.length).toBeLessThan(700);
  });
});

describe("renameTensors", () => {
  it("renames, drops and keeps the rest", () => {
    const file = renameTensors(fileOf(tensors), (name) => (name === "bn.bias" ? undefined : "w"));
    expect([...file.tensors.keys()]).toEqual(["w"]);
    expect(file.tensors.get("w")?.name).toBe("w");
    expect(file.tensors.get("w")?.toFloat32()).toEqual(tensors["conv.weight"]);
  });

  it("refuses two tensors of one name", () => {
    const error = errorOf(() => renameTensors(fileOf(tensors), () => "same"));
    expect(error.code).toBe("INVALID_WEIGHTS");
    expect(error.message).toMatch(/another tensor has the new name/);
  });
});
