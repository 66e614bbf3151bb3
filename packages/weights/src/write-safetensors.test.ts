import { float32, type Tensor } from "@isoconv/core-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorOf } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";
import { writeSafetensors } from "./write-safetensors.js";

const int32 = (shape: readonly number[], data: Int32Array): Tensor => ({ dtype: "int32", shape, data });

describe("writeSafetensors", () => {
  // By the official library 0.8.0 for Python: safetensors.numpy.save(tensors, {"format": "pt"}).
  it("writes the bytes of the official library", () => {
    const tensors = {
      "fc.bias": int32([2], Int32Array.of(7, -1)),
      "😀": float32([1], [1]),
      "\uffee": float32([], [2]),
      'q"\\\n\u007f': float32([0, 3]),
      "conv.weight": float32([1, 2], [0.5, -0]),
    };
    expect(Buffer.from(writeSafetensors(tensors, { format: "pt" })).toString("base64")).toBe(OFFICIAL);
  });

  it("writes an empty file as the official library does", () => {
    expect([...writeSafetensors({})]).toEqual([8, 0, 0, 0, 0, 0, 0, 0, 123, 125, 32, 32, 32, 32, 32, 32]);
  });

  it("does not depend on the order of keys", () => {
    const [a, b] = [float32([1], [1]), float32([2], [2, 3])];
    expect(writeSafetensors({ b, a }, { y: "1", x: "2" })).toEqual(writeSafetensors({ a, b }, { x: "2", y: "1" }));
  });

  it("aligns every tensor, so that reading copies nothing", () => {
    const file = writeSafetensors({ odd: float32([1], [1]), i: int32([1], Int32Array.of(1)), longer: float32([3]) });
    const { tensors } = readSafetensors(file);
    expect(tensors.get("odd")?.toFloat32().data.buffer).toBe(file.buffer);
    expect(tensors.get("i")?.toInt32().data.buffer).toBe(file.buffer);
  });

  it("writes views of larger arrays", () => {
    const data = Float32Array.of(1, 2, 3).subarray(1);
    expect(
      readSafetensors(writeSafetensors({ a: float32([2], data) }))
        .tensors.get("a")
        ?.toFloat32().data,
    ).toEqual(data);
  });

  it("gives back every bit, NaN payloads and −0 included", () => {
    const name = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((key) => key !== "__proto__" && key !== "__metadata__");
    const bits = fc.uint32Array({ maxLength: 6 });
    const tensor = fc
      .record({ dtype: fc.constantFrom("float32", "int32"), bits })
      .map(({ dtype, bits: { buffer, length } }): Tensor => {
        return dtype === "float32"
          ? { dtype, shape: [length], data: new Float32Array(buffer) }
          : { dtype, shape: [1, length], data: new Int32Array(buffer) };
      });
    fc.assert(
      fc.property(
        fc.dictionary(name, tensor),
        fc.dictionary(name, fc.string({ unit: "binary" })),
        (tensors, metadata) => {
          const file = readSafetensors(writeSafetensors(tensors, metadata));
          expect(file.metadata).toEqual({ ...metadata });
          expect([...file.tensors.keys()].toSorted()).toEqual(Object.keys(tensors).toSorted());
          for (const [key, { dtype, shape, data }] of Object.entries(tensors)) {
            const stored = file.tensors.get(key)!;
            const read = dtype === "float32" ? stored.toFloat32() : stored.toInt32();
            expect(read.shape).toEqual(shape);
            expect(Buffer.from(read.data.buffer, read.data.byteOffset, read.data.byteLength)).toEqual(
              Buffer.from(data.buffer, data.byteOffset, data.byteLength),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(["", "__metadata__", "\ud800", "a\udc00b"])("refuses the name %j", (name) => {
    expect(errorOf(() => writeSafetensors({ [name]: float32([]) })).code).toBe("INVALID_WEIGHTS");
  });

  it("refuses the name __proto__", () => {
    const tensors = Object.fromEntries([["__proto__", float32([])]]);
    expect(errorOf(() => writeSafetensors(tensors)).message).toMatch(/forbidden key/);
    expect(errorOf(() => writeSafetensors({}, Object.fromEntries([["__proto__", "x"]]))).message).toMatch(
      /forbidden key/,
    );
  });

  it.each<[string, Tensor, string]>([
    [
      "data that do not fill the shape",
      { dtype: "float32", shape: [3], data: new Float32Array(2) },
      'tensors["a"].data',
    ],
    ["a fractional extent", { dtype: "float32", shape: [1.5], data: new Float32Array(2) }, 'tensors["a"].shape[0]'],
    ["a negative extent", { dtype: "float32", shape: [-1], data: new Float32Array(2) }, 'tensors["a"].shape[0]'],
    [
      "data of another dtype",
      { dtype: "int32", shape: [2], data: new Float32Array(2) } as unknown as Tensor,
      'tensors["a"].data',
    ],
  ])("refuses %s", (_, tensor, path) => {
    const error = errorOf(() => writeSafetensors({ a: tensor }));
    expect(error.code).toBe("INVALID_WEIGHTS");
    expect(error.path).toBe(path);
  });

  it("refuses metadata that are not strings", () => {
    const metadata = { epoch: 3 } as unknown as Record<string, string>;
    expect(errorOf(() => writeSafetensors({}, metadata)).path).toBe('metadata["epoch"]');
    expect(errorOf(() => writeSafetensors({}, { k: "\ud800" })).path).toBe('metadata["k"]');
  });
});

const OFFICIAL = [
  "UAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJjb252LndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBl",
  "IjpbMSwyXSwiZGF0YV9vZmZzZXRzIjpbMCw4XX0sInFcIlxcXG5/Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRh",
  "X29mZnNldHMiOls4LDhdfSwi77+uIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOls4LDEyXX0sIvCf",
  "mIAiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlsxMiwxNl19LCJmYy5iaWFzIjp7ImR0eXBlIjoi",
  "STMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMTYsMjRdfX0gICAAAAA/AAAAgAAAAEAAAIA/BwAAAP////8=",
].join("");
