import { describe, expect, it } from "vitest";
import { isFull, readMutatedFiles } from "./hostile-files.test.support.js";
import { packedFiles } from "./packed-files.test.support.js";
import { ZipWriter } from "@zip.js/zip.js/lib/zip-core-writer.js";
import { readWeights, type ReadOptions } from "./read-weights.js";

const checkpoints = packedFiles("checkpoints.safetensors.br");
const arrays = packedFiles("array-files.safetensors.br");

const named = (name: string): readonly [string, Uint8Array] => [name, checkpoints.get(name) ?? arrays.get(name)!];
const siblings = (folder: string): ReadOptions => ({ sibling: (path) => arrays.get(`${folder}/${path}`) });

/** The bases of each format. */
const formats = {
  safetensors: [named("sharded/model-00001-of-00002.safetensors")],
  "pth, zip": ["torch-2.15/strides.zip.2.pth", "torch-1.13/training.zip.4.pth", "torch-2.15/torchscript.zip.pth"].map(
    named,
  ),
  "pth, legacy": [
    "torch-1.13/state-dict.legacy.2.pth",
    "torch-2.15/strides.legacy.5.pth",
    "torch-2.15/shared.legacy.2.pth",
  ].map(named),
  npz: ["with-texts.npz", "few-deflated.npz", "fortran-big-half.npy"].map(named),
  "tfjs json": [
    [...named("layers/model.json"), siblings("layers")],
    [...named("graph/model.json"), siblings("graph")],
  ],
  "Keras HDF5": ["plain.h5", "chunked.h5"].map(named),
  Keras: ["stored.keras", "deflated.keras"].map(named),
  "safetensors in parts": [[...named("sharded/model.safetensors.index.json"), siblings("sharded")]],
} as const satisfies Record<string, readonly (readonly [string, Uint8Array, ReadOptions?])[]>;

/** Files of a test, of which `npm run test:full` has ten for each format, so that each ends soon. */
const FILES = isFull ? 2000 : 1000;
const runs = Object.entries(formats).flatMap(([format, bases]) =>
  Array.from({ length: isFull ? 10 : 1 }, () => [format, bases] as const),
);

describe("mutated files", () => {
  it.each(runs)("of %s are refused with a typed error, or read", async (format, bases) => {
    // h5wasm takes ten times as long as the other readers.
    const files = !isFull && format.startsWith("Keras") ? FILES / 5 : FILES;
    const { accepted, refused, slowest } = await readMutatedFiles(bases, files);
    // The test is only useful if some files are accepted and some are refused.
    expect(accepted).toBeGreaterThan(0.02 * files);
    expect(refused).toBeGreaterThan(0.2 * files);
    expect(slowest).toBeLessThan(1);
  });
});

/** A pickle of bytes and texts; every character is a byte. */
const pickle = (...parts: readonly string[]): string => `\x80\x02${parts.join("")}.`;
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;

/** A legacy checkpoint of the value that the opcodes make, with one storage of four floats. */
const legacy = (value: string): Uint8Array =>
  bytesOf(
    [
      pickle("\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19"),
      pickle("M\xe9\x03"),
      pickle("}"),
      pickle(value),
      pickle("]", text("0"), "a"),
      "\x04\0\0\0\0\0\0\0",
      "\0".repeat(16),
    ].join(""),
  );

const STORAGE = `(${text("storage")}ctorch\nFloatStorage\n${text("0")}${text("cpu")}K\x04tQ`;
const tensor = (shape: string, strides: string, offset = "K\0"): string =>
  `ctorch._utils\n_rebuild_tensor_v2\n(${STORAGE}${offset}${shape}${strides}\x89}tR`;

const TWO_TO_THE_40 = "\x8a\x06\0\0\0\0\0\x01";

describe("hostile checkpoints", () => {
  it("a valid one of this kind is read", async () => {
    const { tensors } = await readWeights("a.pth", legacy(`}${text("w")}${tensor("K\x04\x85", "K\x01\x85")}s`));
    expect(tensors.get("w")?.shape).toEqual([4]);
  });

  it.each([
    ["2⁴⁰ elements by a stride of 0", tensor(`${TWO_TO_THE_40}\x85`, "K\0\x85"), /more memory than is allowed/],
    ["elements beyond the storage", tensor("K\x05\x85", "K\x01\x85"), /reaches beyond its storage/],
    ["an offset beyond the storage", tensor("K\x01\x85", "K\x01\x85", TWO_TO_THE_40), /reaches beyond its storage/],
    ["a negative stride", tensor("K\x04\x85", "J\xff\xff\xff\xff\x85"), /not a count/],
    ["an unhashable key of a dict", "}]K\x01s", undefined],
  ] as const)("that claim %s are refused or have no tensors", async (_what, value, said) => {
    const reading = readWeights("a.pth", legacy(`}${text("w")}${value}s`));
    if (said === undefined) expect((await reading).tensors.size).toBe(0);
    else await expect(reading).rejects.toThrow(said);
  });

  it("that are cyclic end", async () => {
    // A list that contains itself, beside a tensor.
    const cyclic = `]q\0h\0a${tensor("K\x04\x85", "K\x01\x85")}a`;
    const { tensors } = await readWeights("a.pth", legacy(cyclic));
    expect([...tensors.keys()]).toEqual(["1"]);
  });

  it("with endlessly many paths to a value are refused", async () => {
    // A list of two, forty times: 2⁴⁰ paths.
    const doubled = `]${Array.from({ length: 40 }, (_, level) => `q${String.fromCharCode(level)}0]h${String.fromCharCode(level)}ah${String.fromCharCode(level)}a`).join("")}`;
    await expect(readWeights("a.pth", legacy(doubled))).rejects.toThrow(/more paths to values/);
  });

  it("that are nested too deeply are refused", async () => {
    const deep = `${"]".repeat(10_000)}${"a".repeat(9999)}`;
    await expect(readWeights("a.pth", legacy(deep))).rejects.toThrow(/nested too deeply/);
  });

  it("with more values than their size allows are refused", async () => {
    const many = `(${"}".repeat(500_000)}l`;
    await expect(readWeights("a.pth", legacy(many))).rejects.toThrow(/more values than a file of this size/);
  });

  it("do not run what they name: a call of os.system is inert", async () => {
    const { tensors, metadata } = await readWeights(
      "a.pth",
      legacy(`}${text("w")}cos\nsystem\n${text("exit 1")}\x85Rs`),
    );
    expect([tensors.size, metadata]).toEqual([0, {}]);
  });
});

/** An archive of one deflated file. */
async function zipOf(name: string, bytes: Uint8Array): Promise<ArrayBuffer> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { useWebWorkers: false });
  const written = zip.add(name, new Blob([bytes.slice()]).stream()).then(() => zip.close());
  const archive = await new Response(readable).arrayBuffer();
  await written;
  return archive;
}

describe("archives", () => {
  it("that unpack to a thousand times their size are refused, unless they are trusted", async () => {
    const header =
      "\x93NUMPY\x01\0\x50\0" + "{'descr': '<f4', 'fortran_order': False, 'shape': (16777216,), }".padEnd(80);
    const array = Buffer.alloc(header.length + 2 ** 26);
    array.write(header, "latin1");
    const bomb = new Uint8Array(await zipOf("w.npy", array));
    expect(bomb.byteLength).toBeLessThan(2 ** 20);
    await expect(readWeights("a.npz", bomb)).rejects.toThrow(/more memory than is allowed.*maxBytes/);
    const trusted = await readWeights("a.npz", bomb, { maxBytes: 2 ** 28 });
    expect(trusted.tensors.get("w")?.byteLength).toBe(2 ** 26);
  });
});
