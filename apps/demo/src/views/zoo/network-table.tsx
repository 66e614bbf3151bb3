import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { setState } from "../../route/url-state.js";
import { formatCount } from "../../parts/count.js";
import { nextSorting, otherDataset, sortKeys, type Row, type SortKey } from "./catalogue-row.js";
import { chosen, rows, sorting } from "./zoo-state.js";
import { zooWords } from "./words.js";

/** The table of all networks. A click on a name chooses the network. */
export function NetworkTable(): VNode {
  const words = zooWords.value;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => scrollToChosen(list.current), []);
  return (
    <div ref={list} class="scroll networks" tabIndex={0} role="region" aria-label={words.columns.name}>
      <table>
        <caption>{words.caption}</caption>
        <thead>
          <tr>
            {sortKeys.map((key) => (
              <ColumnHead key={key} column={key} />
            ))}
          </tr>
        </thead>
        <tbody>
          {/* Keyed by position, so that sorting changes the text of rows and moves no element. */}
          {rows.value.map((row, index) => (
            <NetworkRow key={index} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls the list without scrolling the page. */
function scrollToChosen(list: HTMLElement | null): void {
  const row = list?.querySelector<HTMLElement>("tr.chosen");
  if (!list || !row) return;
  const isBelow = row.offsetTop + row.offsetHeight > list.clientHeight;
  if (isBelow) list.scrollTop = row.offsetTop - list.clientHeight / 2;
}

const ARROWS = { ascending: "▲", descending: "▼", none: "" };

function ColumnHead({ column }: { readonly column: SortKey }): VNode {
  const { columns, columnHints, sortBy } = zooWords.value;
  const hints: Partial<Record<SortKey, string>> = columnHints;
  const order = sorting.value;
  const direction = order?.key !== column ? "none" : order.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" class={column === "name" ? undefined : "figure"} aria-sort={direction}>
      <button
        type="button"
        title={[sortBy(columns[column]), hints[column]].filter(Boolean).join(": ")}
        onClick={() => setState({ sort: nextSorting(column, order) })}
      >
        <span class="arrow" aria-hidden="true">
          {ARROWS[direction]}
        </span>
        {columns[column]}
      </button>
    </th>
  );
}

function NetworkRow({ row: { definition, inputSize, accuracy, figures } }: { readonly row: Row }): VNode {
  const { name, summary, source } = definition;
  const isChosen = name === chosen.value.name;
  return (
    <tr class={isChosen ? "chosen" : undefined}>
      <th scope="row">
        <a
          href={`#view=zoo&model=${encodeURIComponent(name)}`}
          title={summary}
          aria-current={isChosen ? "true" : undefined}
          onClick={(event) => {
            event.preventDefault();
            setState({ model: name, size: undefined, weights: undefined });
          }}
        >
          {name}
        </a>
      </th>
      <FigureCell figure={figures?.parameters} />
      <FigureCell figure={figures?.macs} />
      <FigureCell figure={figures?.receptiveField} />
      <td class="figure">{inputSize}</td>
      <AccuracyCell accuracy={accuracy} />
      <td class="figure">{source.year}</td>
    </tr>
  );
}

interface FigureCellProps {
  /** `undefined` until the network is built; `null` for the whole image. */
  readonly figure: number | null | undefined;
}

function FigureCell({ figure }: FigureCellProps): VNode {
  return (
    <td class="figure">
      {/* A figure replaces this element. Text that grows to the left would count as a layout shift. */}
      {figure === undefined ? <span>…</span> : figure === null ? zooWords.value.whole : formatCount(figure)}
    </td>
  );
}

function AccuracyCell({ accuracy }: Pick<Row, "accuracy">): VNode {
  if (accuracy === undefined) return <td class="figure">–</td>;
  const { top1, dataset, weights } = accuracy;
  return (
    <td class="figure" title={`${dataset}, ${weights}`}>
      <small class="faint">{otherDataset(accuracy)}</small> {top1.toFixed(2)}
    </td>
  );
}
