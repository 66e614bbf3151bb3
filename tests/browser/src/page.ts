import { runInPage, type PageBackend, type PageOutcome } from "@isoconv/conformance/browser";
import { bundledExpectations, type Budget } from "@isoconv/conformance";

declare global {
  interface Window {
    /** Settled when every backend has been run. */
    outcomes?: Promise<readonly PageOutcome[]>;
  }
}

const available: readonly PageBackend[] = [
  { id: "reference", create: async () => (await import("@isoconv/backend-reference")).createBackend() },
  { id: "tfjs-cpu", create: async () => (await import("@isoconv/backend-tfjs/cpu")).createBackend() },
  {
    id: "tfjs-wasm",
    create: async () => (await import("@isoconv/backend-tfjs/wasm")).createBackend({ wasmPaths: "/tfjs-wasm/" }),
  },
  { id: "onnx-wasm", create: async () => (await import("@isoconv/backend-onnx/wasm")).createBackend() },
];

const asked = new URLSearchParams(location.search);
const ids = asked.getAll("backend");
const element = document.querySelector("main");
if (element === null) throw new Error("the page has no <main>");
window.outcomes = runInPage({
  element,
  backends: available
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .map((backend) => ({ ...backend, expectations: bundledExpectations(backend.id) })),
  filter: asked.getAll("filter"),
  budget: (asked.get("budget") ?? "quick") as Budget,
});
