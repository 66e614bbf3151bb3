import { describe, expect, it } from "vitest";
import { rawFile } from "./raw-file.test.support.js";
import { readSafetensors } from "./read-safetensors.js";

const entry = (dtype: string, shape: unknown, data_offsets: unknown): object => ({ dtype, shape, data_offsets });
const pair = {
  a: entry("F32", [2], [0, 8]),
  b: entry("U8", [3], [8, 11]),
};

describe("a valid file", () => {
  it("gives tensors in the order of the header, regardless of the order of their data", () => {
    const header = { b: entry("U8", [3], [8, 11]), a: entry("F32", [2], [0, 8]) };
    const { tensors, metadata } = readSafetensors(rawFile(header, 11));
    expect([...tensors.keys()]).toEqual(["b", "a"]);
    expect(tensors.get("b")).toMatchObject({ name: "b", dtype: "U8", shape: [3], byteLength: 3 });
    expect(metadata).toEqual({});
  });

  it("may be empty", () => {
    expect(readSafetensors(rawFile("{}")).tensors.size).toBe(0);
  });

  it("may pad its header with white space, and space it out", () => {
    const header = `{ "a" :\n{"dtype":\t"F32", "shape": [ ], "data_offsets" : [0 , 4]}\r}   `;
    expect(readSafetensors(rawFile(header, 4)).tensors.get("a")?.shape).toEqual([]);
  });

  it("keeps its metadata", () => {
    const metadata = { format: "pt", constructor: "x", "a\u0001": "é\n😀" };
    const file = readSafetensors(rawFile({ __metadata__: metadata, ...pair }, 11));
    expect(file.metadata).toEqual(metadata);
    expect(Object.isFrozen(file.metadata)).toBe(true);
    expect([...file.tensors.keys()]).toEqual(["a", "b"]);
  });

  it("may escape its keys", () => {
    const header = String.raw`{"\u0061\ud83d\ude00\/":{"\u0064type":"F32","shape":[],"data_offsets":[0,4]}}`;
    expect([...readSafetensors(rawFile(header, 4)).tensors.keys()]).toEqual(["a😀/"]);
  });

  it("may have tensors of no elements, anywhere", () => {
    const header = {
      z: entry("F32", [0, 3], [8, 8]),
      a: entry("F32", [2], [0, 8]),
      y: entry("I64", [0], [0, 0]),
      b: entry("U8", [3], [8, 11]),
      x: entry("F32", [2, 0], [11, 11]),
    };
    const { tensors } = readSafetensors(rawFile(header, 11));
    expect(tensors.get("x")?.toFloat32().shape).toEqual([2, 0]);
    expect(tensors.get("y")?.toInt32().data).toHaveLength(0);
  });

  it.each([
    ["BOOL", 4, 4],
    ["F4", 4, 2],
    ["F6_E2M3", 4, 3],
    ["F6_E3M2", 4, 3],
    ["U8", 4, 4],
    ["I8", 4, 4],
    ["F8_E5M2", 4, 4],
    ["F8_E4M3", 4, 4],
    ["F8_E8M0", 4, 4],
    ["F8_E4M3FNUZ", 4, 4],
    ["F8_E5M2FNUZ", 4, 4],
    ["I16", 4, 8],
    ["U16", 4, 8],
    ["F16", 4, 8],
    ["BF16", 4, 8],
    ["I32", 4, 16],
    ["U32", 4, 16],
    ["F32", 4, 16],
    ["C64", 4, 32],
    ["F64", 4, 32],
    ["I64", 4, 32],
    ["U64", 4, 32],
  ])("may hold %s", (dtype, count, bytes) => {
    const tensor = readSafetensors(rawFile({ a: entry(dtype, [count], [0, bytes]) }, bytes)).tensors.get("a");
    expect(tensor?.bytes()).toHaveLength(bytes);
  });

  it("comes as an ArrayBuffer, a view into the middle of one, a Node.js Buffer or shared memory", () => {
    const file = rawFile(pair, 11);
    const padded = new Uint8Array(file.byteLength + 20);
    padded.set(file, 13);
    const shared = new Uint8Array(new SharedArrayBuffer(file.byteLength));
    shared.set(file);
    for (const bytes of [
      file.buffer as ArrayBuffer,
      padded.subarray(13, 13 + file.byteLength),
      Buffer.from(file),
      shared,
    ]) {
      const { tensors } = readSafetensors(bytes);
      expect([...(tensors.get("b")?.bytes() ?? [])]).toEqual([...file.subarray(-3)]);
      expect(tensors.get("a")?.toFloat32().data).toHaveLength(2);
    }
  });
});
