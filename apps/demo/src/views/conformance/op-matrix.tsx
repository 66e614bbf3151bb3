import { formatShare, statusOfOp, type OpSummary } from "@isoconv/conformance";
import { opNames, type OpName } from "@isoconv/core-spec";
import type { ComponentChildren, VNode } from "preact";
import { headroom } from "./headroom.js";
import type { Tally } from "./tally.js";
import { words } from "./words.js";

/** One backend on one machine. */
export interface MatrixColumn {
  readonly key: string;
  readonly title: string;
  /** Cells of the rows above the operations, in the order of `facts`. */
  readonly facts: readonly ComponentChildren[];
  readonly tally: Tally;
  /** Shows a case of an operation. */
  readonly onCase?: ((id: string) => void) | undefined;
  /** The case to show instead of the one with the largest share: a finding. */
  readonly findingOf?: ((op: OpName) => string | undefined) | undefined;
}

export interface OpMatrixProps {
  readonly caption: string;
  /** Titles of the rows above the operations. */
  readonly facts: readonly string[];
  readonly columns: readonly MatrixColumn[];
}

/** A matrix with a row for each operation and a column for each backend: headroom as text and colour. */
export function OpMatrix({ caption, facts, columns }: OpMatrixProps): VNode {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="matrix">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.value.operation}</th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="facts">
          {facts.map((fact, row) => (
            <tr key={fact}>
              <th scope="row">{fact}</th>
              {columns.map(({ key, facts: own }) => (
                <td key={key}>{own[row]}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tbody>
          {opNames.map((op) => (
            <tr key={op}>
              <th scope="row">{op}</th>
              {columns.map((column) => (
                <OpCell key={column.key} op={op} column={column} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OpCell({ op, column }: { readonly op: OpName; readonly column: MatrixColumn }): VNode {
  const { title, tally, onCase, findingOf } = column;
  const summary: OpSummary = tally.get(op) ?? { op, families: {}, worst: undefined };
  const status = statusOfOp(summary);
  const share = summary.worst?.share;
  const text = cellText(status, share);
  const id = findingOf?.(op) ?? summary.worst?.case;
  const level = headroom(status, share);
  const filled = { "--share": `${Math.min(share ?? 0, 1) * 100}%` };
  return (
    <td class={`headroom ${level}`} style={filled}>
      {onCase === undefined || id === undefined ? (
        text
      ) : (
        <button type="button" aria-label={words.value.lookAt(op, title, text)} onClick={() => onCase(id)}>
          {text}
        </button>
      )}
    </td>
  );
}

/** `pass 12 %`. */
function cellText(status: ReturnType<typeof statusOfOp>, share: number | undefined): string {
  if (status === "not run") return "–";
  const word = words.value.statuses[status];
  return share === undefined || status === "unsupported" ? word : `${word} ${formatShare(share)}`;
}

/** The legend of the colours. */
export function HeadroomLegend(): VNode {
  const { legend, legendWide, legendNear, legendOver } = words.value;
  return (
    <p class="legend faint">
      <span class="key wide">{legendWide}</span> <span class="key near">{legendNear}</span>{" "}
      <span class="key over">{legendOver}</span> {legend}
    </p>
  );
}
