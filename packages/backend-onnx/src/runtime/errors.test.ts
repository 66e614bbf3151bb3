import { graphBuilder, IsoconvError } from "@isoconv/core-spec";
import { describe, expect, test } from "vitest";
import { translate } from "./errors.js";

const g = graphBuilder("g");
const y = g.silu(
  { x: g.conv2d({ x: g.input("x", [1, 1, 1, 1]), w: g.parameter("w", [1, 1, 1, 1]) }, {}, "a/conv.1") },
  {},
  "act",
);
const graph = g.build({ y });

/** Messages of ONNX Runtime 1.30. */
const allocation =
  "Non-zero status code returned while running Conv node. Name:'a/conv.1' Status Message: /onnxruntime_src/bfc_arena.cc:360 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool) Failed to allocate memory for requested buffer of size 8464368004000000";
const web = (message: string): string => `failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: ${message}`;
const unimplemented = "Could not find an implementation for ConvTranspose(11) node with name 'act#1'";

describe("a failure of the runtime", () => {
  test.for([
    allocation,
    web(allocation),
    web("std::bad_alloc"),
    web("SafeIntExceptionHandler::SafeIntOnOverflow() Integer overflow"),
  ])("caused by a lack of memory is OUT_OF_MEMORY: %s", (message) => {
    expect(translate(new Error(message), graph, "run")).toMatchObject({ code: "OUT_OF_MEMORY" });
  });

  test("names the node, and keeps the original as its cause", () => {
    const cause = new Error(web(allocation));
    const error = translate(cause, graph, "run");
    expect(error).toMatchObject({ op: "conv2d", node: "a/conv.1", cause });
    expect(error.message).toMatch(/^OUT_OF_MEMORY: conv2d "a\/conv.1": Non-zero status code .* Use a smaller batch/);
  });

  test("is UNSUPPORTED only while loading", () => {
    expect(translate(new Error(unimplemented), graph, "load")).toMatchObject({
      code: "UNSUPPORTED",
      op: "silu",
      node: "act",
    });
    expect(translate(new Error(unimplemented), graph, "run")).toMatchObject({ code: "EXECUTION_FAILED" });
  });

  test("may be a number", () => {
    expect(translate(5_242_880, graph, "load")).toMatchObject({
      code: "EXECUTION_FAILED",
      cause: 5_242_880,
      node: undefined,
    });
  });

  test("that is an IsoconvError is returned unchanged", () => {
    const error = new IsoconvError("ABORTED", { what: "aborted by the caller" });
    expect(translate(error, graph, "run")).toBe(error);
  });
});
