import type { VNode } from "preact";
import { saveFile } from "../../parts/save-file.js";
import type { Column } from "./suite-run.js";
import { nameOf } from "./suite-state.js";
import { words } from "./words.js";

/** Buttons to save reports, and the parts of the profile that were not run. */
export function Outcomes({ columns }: { readonly columns: readonly Column[] }): VNode | undefined {
  const done = columns.flatMap(({ target, result }) => (result === undefined ? [] : [{ target, result }]));
  if (done.length === 0) return undefined;
  const { reports, saveReport, notRun } = words.value;
  return (
    <section aria-label={reports}>
      <h3>{reports}</h3>
      <p class="controls">
        {done.map(({ target, result: { json } }) => {
          const save = (): void => saveFile(`${target.replace("/", "-")}.report.json`, json, "application/json");
          return (
            <button key={target} type="button" onClick={save}>
              {saveReport(nameOf(target))}
            </button>
          );
        })}
      </p>
      {done.map(({ target, result }) => {
        if (result.notRun.length === 0) return undefined;
        return (
          <p key={target} class="faint">
            {nameOf(target)}: {notRun}: <span lang="en">{result.notRun.join("; ")}</span>
          </p>
        );
      })}
    </section>
  );
}
