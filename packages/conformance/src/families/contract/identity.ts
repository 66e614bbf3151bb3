import { opNames, render, type OpSupport } from "@isoconv/core-spec";
import type { Contract } from "./promise.js";
import { pipeline, pipelineOps } from "./networks.js";

/** Contracts about the id and the capabilities. */
export const identity = {
  "id-is-stable": {
    promise: "A backend's id is a non-empty string, the same for every backend of its kind",
    ops: pipelineOps,
    async *observe({ backend, fresh, compile, fill }) {
      const { id } = backend;
      yield { what: "the id's type", expected: "string", got: typeof id };
      yield { what: "the id", expected: "not empty", got: id.length > 0 ? "not empty" : "empty" };
      await compile(fill(pipeline()));
      yield { what: "the id after a compilation", expected: id, got: backend.id };
      yield { what: "the id of another backend of its kind", expected: id, got: (await fresh()).id };
    },
  },
  "capabilities-are-frozen": {
    promise: "Capabilities are deeply frozen",
    ops: [],
    async *observe({ backend }) {
      const thawed = unfrozen(backend.capabilities, "capabilities");
      yield { what: "frozen objects", expected: "all", got: thawed === undefined ? "all" : `all but ${thawed}` };
    },
  },
  "capabilities-are-stable": {
    promise: "Capabilities are the same for every backend of its kind, at any time",
    ops: [],
    async *observe({ backend, fresh }) {
      const before = JSON.stringify(backend.capabilities);
      const other = await fresh();
      yield { what: "the capabilities of another one", expected: before, got: JSON.stringify(other.capabilities) };
      await other.dispose();
      yield { what: "the capabilities after disposal", expected: before, got: JSON.stringify(other.capabilities) };
    },
  },
  "capabilities-list-every-op": {
    promise: "Capabilities give the support of every operation",
    ops: [],
    async *observe({ backend }) {
      const { ops } = backend.capabilities;
      yield {
        what: "the operations listed",
        expected: opNames.toSorted().join(", "),
        got: Object.keys(ops).toSorted().join(", "),
      };
      for (const [op, support] of Object.entries(ops)) {
        const isKnown = isSupport(support);
        const expected = '"native", "decomposed" or { unsupported, issue }';
        yield { what: `capabilities.ops.${op}`, expected, got: isKnown ? expected : render(support) };
      }
    },
  },
} satisfies Record<string, Contract>;

/** The path of an object that is not frozen. */
function unfrozen(value: object, path: string): string | undefined {
  if (!Object.isFrozen(value)) return path;
  for (const [key, inner] of Object.entries(value)) {
    const found = typeof inner === "object" && inner !== null ? unfrozen(inner, `${path}.${key}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Checks at run time, because backends may be written in plain JavaScript. */
function isSupport(support: OpSupport | undefined): boolean {
  if (support === "native" || support === "decomposed") return true;
  return typeof support === "object" && typeof support.unsupported === "string" && typeof support.issue === "string";
}
