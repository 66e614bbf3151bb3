import { isIsoconvError } from "@isoconv/core-spec";
import { describe, expect, it } from "vitest";
import { checkFile, recogniseFile, START_BYTES, type FileKindName } from "./file-kind.js";
import { rawFile } from "./raw-file.test.support.js";
import { readWeights } from "./read-weights.js";
import { weightsFormats } from "./weights-formats.js";
import { writeSafetensors } from "./write-safetensors.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Bytes of hexadecimal digits. */
const hex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/[0-9a-f]{2}/g) ?? [], (byte) => Number.parseInt(byte, 16));

/** The start of a zip archive whose first file has this name. */
const zipOf = (name: string): Uint8Array => {
  const header = new Uint8Array(30);
  header.set([0x50, 0x4b, 3, 4]);
  new DataView(header.buffer).setUint16(26, text(name).length, true);
  return Uint8Array.of(...header, ...text(name), 0, 0, 0, 0);
};

/** The first bytes that each program writes, with the kind and a word of what the error says. */
const starts: readonly (readonly [what: string, bytes: Uint8Array, kind: FileKindName, said: RegExp])[] = [
  ["nothing", new Uint8Array(0), "empty", /is empty.*Download/],
  ["libpng", hex("89504e470d0a1a0a 0000000d49484452"), "png", /a PNG picture.*writeSafetensors/],
  ["a camera", hex("ffd8ffe1 1a2b45786966"), "jpeg", /a JPEG picture.*\[N, C, H, W\]/],
  ["JFIF", hex("ffd8ffe0 00104a46494600"), "jpeg", /JPEG/],
  ["cwebp", hex("524946461a000000 57454250565038"), "webp", /a WebP picture/],
  ["GIMP", hex("474946383961 0100"), "gif", /a GIF picture/],
  ["Paint", hex("424d36000300 00000000"), "bmp", /a BMP picture/],
  ["a scanner", hex("49492a00"), "tiff", /a TIFF picture/],
  ["avifenc", hex("0000001c 6674797061766966"), "avif", /an AVIF picture/],
  ["a telephone", hex("00000018 6674797068656963"), "heic", /a HEIC picture/],
  ["cjxl", hex("ff0a"), "jpeg-xl", /a JPEG XL picture/],
  ["OpenJPEG", hex("0000000c 6a502020"), "jpeg-2000", /a JPEG 2000 picture/],
  ["Inkscape", text('<?xml version="1.0"?>\n<svg width="1">'), "svg", /an SVG drawing/],
  ["gzip", hex("1f8b0808 0000000000036d"), "gzip", /gzip.*gunzip/],
  ["Keras", hex("894844460d0a1a0a 0000000000080800"), "hdf5", /HDF5/],
  ["torch.save", zipOf("archive/data.pkl"), "pytorch-zip", /PyTorch/],
  ["torch.save 2.5", zipOf("resnet18/.format_version"), "pytorch-zip", /PyTorch/],
  ["torch.jit.save", zipOf("resnet18/data/0"), "pytorch-zip", /PyTorch/],
  ["numpy.savez", zipOf("arr_0.npy"), "npz", /\.npz/],
  ["zip", zipOf("weights/a.bin"), "zip", /a zip archive.*Unpack/],
  ["zip of no files", hex("504b0506 000000000000"), "zip", /a zip archive/],
  ["torch.save of 2019", hex("80028a0a6cfc9c46f9206aa850192e"), "pickle", /pickle/],
  ["pickle.dump", hex("8004951a00000000000000"), "pickle", /pickle/],
  ["numpy.save", hex("934e554d505901007600"), "npy", /\.npy/],
  ["torch.onnx", hex("08071207 7079746f7263681a05"), "onnx", /an ONNX model.*exported from/],
  ["onnx.helper", hex("080a3a83013a"), "onnx", /ONNX/],
  [
    "a server",
    text("\n<!DOCTYPE html>\n<html lang=en>"),
    "html",
    /an HTML page.*check the address.*bundler.*give its address/,
  ],
  ["an old server", text("\ufeff<HTML><HEAD>"), "html", /HTML/],
  [
    "a clone without LFS",
    text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a"),
    "lfs-pointer",
    /git lfs pull/,
  ],
  [
    "transformers",
    text('{\n  "metadata": { "total_size": 9 },\n  "weight_map": { "a": "model-00001-of-00002.safetensors" } }'),
    "safetensors-index",
    /index/,
  ],
  ["tfjs", text('{"format":"layers-model","modelTopology":{}}'), "tfjs-model", /TensorFlow/],
  ["keras.Model.save", zipOf("metadata.json"), "keras-zip", /Keras/],
  ["a settings file", text('{"name":"x"}'), "json", /JSON/],
  ["a list", text("[1, 2]"), "json", /JSON/],
];

describe("the first bytes", () => {
  it.each(starts)("of %s are recognised", async (_what, bytes, kind, said) => {
    expect(recogniseFile(bytes)?.name).toBe(kind);
    // Whatever the file is called: the bytes decide.
    const error: unknown = await readWeights("resnet18.safetensors", bytes).catch((reason: unknown) => reason);
    if (weightsFormats.some(({ kinds }) => kinds.includes(kind))) {
      // These are only the start of a file.
      expect(isIsoconvError(error), String(error)).toBe(true);
      return;
    }
    if (!isIsoconvError(error, "INVALID_FILE")) throw error;
    expect(error.message).toMatch(
      /^INVALID_FILE: resnet18\.safetensors: the file is .*; expected a file of safetensors/,
    );
    expect(error.message).toMatch(said);
  });

  it("of every length end in an IsoconvError, also with noise after them", async () => {
    const noise = Uint8Array.from({ length: 64 }, (_, index) => (index * 167 + 13) & 0xff);
    for (const [what, bytes] of starts) {
      for (let length = 0; length <= bytes.length; length += 1) {
        for (const tail of [new Uint8Array(0), noise]) {
          const error: unknown = await readWeights(
            "a.safetensors",
            Uint8Array.of(...bytes.slice(0, length), ...tail),
          ).then(
            () => "it was read",
            (reason: unknown) => reason,
          );
          expect(isIsoconvError(error), `${what}, ${length} bytes: ${String(error)}`).toBe(true);
        }
      }
    }
  });

  it("of a safetensors file are recognised, whatever the length of its header looks like", () => {
    expect(recogniseFile(writeSafetensors({}))?.name).toBe("safetensors");
    // A header of 0x088b1f bytes starts like a file of gzip.
    expect(recogniseFile(rawFile("{}", 0, 0x088b1fn))?.name).toBe("safetensors");
    expect(recogniseFile(rawFile("{}", 0, 0x0480n))?.name).toBe("safetensors");
  });

  it.each([
    ["zeros", new Uint8Array(100)],
    ["a word", text("weights")],
    ["half a signature", hex("89504e47")],
    ["a text that mentions JSON later", text("see {}")],
    ["a pickle of version 0", text("(dp0\n.")],
    ["control characters after a brace", hex("7b0001")],
  ])("of %s are of no kind", (_what, bytes) => {
    expect(recogniseFile(bytes)).toBeUndefined();
  });

  it("are at most START_BYTES", () => {
    const late = text(`{${" ".repeat(START_BYTES)}"weight_map": {}}`);
    expect(recogniseFile(late)?.name).toBe("json");
  });

  it("of a hostile archive cannot make the name longer than the start", () => {
    const archive = zipOf("a");
    new DataView(archive.buffer).setUint16(26, 0xffff, true);
    expect(recogniseFile(archive)?.name).toBe("zip");
  });
});

describe("checkFile", () => {
  const wanted = { path: "report.json", expected: "a report of isoconv" };
  const check = (bytes: Uint8Array) => () => checkFile(bytes, ["json"], wanted);

  it("says how to convert tensors only where tensors are wanted", () => {
    expect(check(hex("ffd8ffe0"))).toThrow(
      /^INVALID_FILE: report\.json: the file is a JPEG picture; expected a report of isoconv$/,
    );
    expect(check(hex("1f8b08"))).toThrow(/gzip.*Unpack it with gunzip/);
  });

  it("accepts the wanted kind, and leaves a file of no known kind to its reader", () => {
    expect(check(text("{}"))).not.toThrow();
    expect(check(text("report"))).not.toThrow();
  });
});
