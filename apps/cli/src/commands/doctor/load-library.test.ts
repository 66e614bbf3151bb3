import { describe, expect, it } from "vitest";
import { findLibraries } from "./find-libraries.js";
import { preferredFile } from "./load-library.js";

describe.runIf(process.platform === "linux")("findLibraries", () => {
  it("has the files that the loader finds, and the loader's reason for the others", async () => {
    const [resolver, absent] = await findLibraries(["libresolv.so.2", "libcudart.so.0"]);
    expect(resolver).toEqual({
      library: "libresolv.so.2",
      found: true,
      file: expect.stringMatching(/^\/.*libresolv.*\.so/),
    });
    expect(absent).toEqual({
      library: "libcudart.so.0",
      found: false,
      reason: expect.stringContaining("libcudart.so.0: cannot open shared object file"),
    });
  });
});

it("prefers the file of the requested version", () => {
  const paths = ["/cuda12/libcublas.so.12.1", "/cuda11/libcublas.so.11.4", "/lib/libother-2.so"];
  expect(preferredFile("libcublas.so.11", paths)).toBe("/cuda11/libcublas.so.11.4");
  expect(preferredFile("libcublas.so.13", paths)).toBe("/cuda12/libcublas.so.12.1");
  expect(preferredFile("libgone.so.1", paths)).toBeNull();
});
