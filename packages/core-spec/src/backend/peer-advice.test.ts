import { expect, it } from "vitest";
import { peerAdvice } from "./peer-advice.js";

it.each([
  [
    "libstdc++.so.6: cannot open shared object file: No such file or directory",
    "Install the system's package with libstdc++.so.6",
  ],
  ["dlopen(x.node): Library not loaded: /opt/lib/libomp.dylib", "Install the system's package with libomp.dylib"],
  ["/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found (required by x.node)", "has GLIBC_2.28"],
  ["Error loading shared library ld-linux-x86-64.so.2: No such file or directory", "Alpine"],
  ["libonnxruntime.so.1: cannot open shared object file: No such file or directory", "again"],
  ["/app/x.node: invalid ELF header", "again"],
  ["x.node is not a valid Win32 application.", "again"],
  ["Cannot find package 'other' imported from /app/x.js", "again"],
  ["The specified module could not be found.", "Visual C++"],
  [
    "Cannot find module '../bin/napi-v6/linux/arm/onnxruntime_binding.node'",
    "no binary for this platform (bin/napi-v6/linux/arm/",
  ],
  ["was compiled against a different Node.js version using NODE_MODULE_VERSION 93", "npm rebuild"],
  ["Module did not self-register: 'x.node'.", "child process"],
  ["Failed to resolve module specifier 'onnxruntime-web/wasm'", "import map"],
  ["Failed to fetch dynamically imported module: https://x.example/assets/ort-1.js", "Deploy all files of one build"],
])("%s", async (message, advice) => {
  expect(await peerAdvice(new Error(message), "Install it again")).toContain(advice);
});

it("an unknown cause gets no advice", async () => {
  expect(await peerAdvice(new Error("no such instruction"), "Install it again")).toBeUndefined();
});
