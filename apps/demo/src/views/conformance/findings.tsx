import type { VNode } from "preact";
import type { Column } from "./suite-run.js";
import { nameOf, showCase } from "./suite-state.js";
import { words } from "./words.js";

/** The largest number of findings shown; the report has all. */
const SHOWN = 50;

/** Failures and other findings, by backend. */
export function Findings({ columns }: { readonly columns: readonly Column[] }): VNode {
  const { findings: title, noFindings, nothingDecided } = words.value;
  const withFindings = columns.filter(({ findings }) => findings.length > 0);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {withFindings.length === 0 && (
        <p class="faint">{columns.some(({ decided }) => decided > 0) ? noFindings : nothingDecided}</p>
      )}
      {withFindings.map((column) => (
        <FindingList key={column.target} column={column} />
      ))}
    </section>
  );
}

function FindingList({ column: { target, findings } }: { readonly column: Column }): VNode {
  const { statuses, more } = words.value;
  return (
    <>
      <h4>{nameOf(target)}</h4>
      <ul class="findings">
        {findings.slice(0, SHOWN).map(({ id, status, reason }) => (
          <li key={id}>
            <strong class="bad">{statuses[status]}</strong>{" "}
            <button type="button" class="link" onClick={() => showCase(target, id)}>
              {id}
            </button>{" "}
            <span lang="en">{reason}</span>
          </li>
        ))}
      </ul>
      {findings.length > SHOWN && <p>{more(findings.length - SHOWN)}</p>}
    </>
  );
}
