import { IsoconvError, messageOf, type ErrorCode, type Graph, type Location } from "@isoconv/core-spec";
import { MARK } from "@isoconv/onnx";

const OUT_OF_MEMORY =
  /out of memory|bad_alloc|failed to allocate|allocation failed|cannot enlarge memory|invalid typed array length|SafeIntOnOverflow|tensor shape is too large|exceeds the max buffer size|\[Invalid Buffer\b.* is invalid due to a previous error/i;
const UNSUPPORTED =
  /NOT_IMPLEMENTED|could not find an implementation|not a registered (function|op)|fallback to CPU EP has been explicitly disabled/i;

/** The prefix of onnxruntime-web's messages. */
const WEB_PREFIX = /^.*ERROR_CODE: \d+, ERROR_MESSAGE: /s;

/** The name of the ONNX node in the runtime's messages, when loading and when running. */
const NODE_NAMES = [/node with name '([^']*)'/, /node\. Name:'([^']*)'/, /In Node, \("([^"]*)"/];

/**
 * Converts the runtime's errors, which are strings or numbers, to IsoconvErrors with a code and the failing node. The
 * original is the cause.
 *
 * @param when whether a model was being loaded; only then can an operation be unsupported
 */
export function translate(cause: unknown, graph: Graph, when: "load" | "run"): IsoconvError {
  if (cause instanceof IsoconvError) return cause;
  // Compiled C++ throws the address of its exception.
  const text =
    typeof cause === "number"
      ? `the runtime threw the C++ exception ${cause}`
      : messageOf(cause).replace(WEB_PREFIX, "");
  const code = codeOf(text, when);
  return new IsoconvError(code, { ...locate(text, graph), what: text, hint: HINTS[code], cause });
}

type RuntimeCode = Extract<ErrorCode, "OUT_OF_MEMORY" | "UNSUPPORTED" | "EXECUTION_FAILED">;

const HINTS: Readonly<Record<RuntimeCode, string>> = {
  OUT_OF_MEMORY: "Use a smaller batch or input, or dispose executables no longer used",
  UNSUPPORTED: "Please report it: the backend should have written this operation differently",
  EXECUTION_FAILED: "The runtime's own error is the cause",
};

function codeOf(text: string, when: "load" | "run"): RuntimeCode {
  if (OUT_OF_MEMORY.test(text)) return "OUT_OF_MEMORY";
  return when === "load" && UNSUPPORTED.test(text) ? "UNSUPPORTED" : "EXECUTION_FAILED";
}

function locate(text: string, graph: Graph): Location {
  for (const pattern of NODE_NAMES) {
    const name = pattern.exec(text)?.[1]?.split(MARK)[0];
    const node = graph.nodes.find((candidate) => candidate.name === name);
    if (node !== undefined) return { op: node.op, node: node.name };
  }
  return {};
}
