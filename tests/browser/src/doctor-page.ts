import { doctor, renderPageDiagnosis, type PageDiagnosis } from "@isoconv/inspect/page-doctor";
import type { Backend } from "@isoconv/core-spec";
import { pageBackends } from "./page-backends.js";

declare global {
  interface Window {
    /** Settles when everything has been examined. */
    diagnosis?: Promise<PageDiagnosis>;
  }
}

/** Waits for ever for a worker that fails, like real runtimes. */
const brokenWorker = {
  id: "broken-worker",
  create: () =>
    new Promise<Backend>(() => {
      const script = new Blob(["throw new Error('no shared memory')"], { type: "text/javascript" });
      return new Worker(URL.createObjectURL(script));
    }),
};

const asked = new URLSearchParams(location.search);
const ids = asked.getAll("backend");
const text = document.querySelector("pre");
if (text === null) throw new Error("the page has no <pre>");
window.diagnosis = doctor({
  backends: ids.length === 0 ? pageBackends : [...pageBackends, brokenWorker].filter(({ id }) => ids.includes(id)),
  wasmFiles: asked.getAll("wasm"),
  timeLimit: Number(asked.get("limit") ?? 60_000),
}).then((diagnosis) => {
  text.textContent = renderPageDiagnosis(diagnosis);
  return diagnosis;
});
