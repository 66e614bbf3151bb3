import { runInPage, type PageOutcome } from "@isoconv/conformance/browser";
import type { Budget } from "@isoconv/conformance";
import type { Backend } from "@isoconv/core-spec";
import { pageBackends } from "./page-backends.js";

declare global {
  interface Window {
    /** Settles when every backend has been run. */
    outcomes?: Promise<readonly PageOutcome[]>;
    /** For tests that use a backend directly. */
    createBackend?: (id: string) => Promise<Backend>;
  }
}

window.createBackend = async (id) => {
  const backend = pageBackends.find((candidate) => candidate.id === id);
  if (backend === undefined) throw new Error(`this page has no backend "${id}"`);
  return backend.create();
};

const asked = new URLSearchParams(`${location.search.slice(1)}&${location.hash.slice(1)}`);
const ids = asked.getAll("backend");
const element = document.querySelector("main");
if (element === null) throw new Error("the page has no <main>");
window.outcomes = runInPage({
  element,
  backends: pageBackends.filter(({ id }) => ids.length === 0 || ids.includes(id)),
  filter: asked.getAll("filter"),
  share: Number(asked.get("share") ?? 1),
  budget: (asked.get("budget") ?? "quick") as Budget,
});
