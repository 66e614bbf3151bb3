import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { formatShape } from "@isoconv/core-spec";
import type { SummaryEntry } from "@isoconv/zoo";
import { CopyButton } from "../../parts/copy-button.js";
import { formatCount } from "../../parts/count.js";
import { setState, stateOf } from "../../route/url-state.js";
import { depthOf, readableDepth, treeLines, type TreeLine } from "./tree.js";
import { zooWords } from "./words.js";
import type { NetworkDetails } from "./zoo-tasks.js";

/** Drawing more rows at once would block the main thread. */
const LINES_AT_ONCE = 150;

/** A network's modules and nodes with the output and cost of each. Modules can be opened and closed. */
export function SummaryTree({ summary, markdown }: Pick<NetworkDetails, "summary" | "markdown">): VNode {
  const words = zooWords.value;
  const turned = useSignal<ReadonlySet<string>>(new Set());
  const limit = useSignal(LINES_AT_ONCE);
  const deepest = depthOf(summary.children);
  const asked = Number(stateOf("level", ""));
  const depth = Number.isInteger(asked) && asked >= 1 && asked <= deepest ? asked : readableDepth(summary.children);
  useEffect(() => {
    turned.value = new Set();
    limit.value = LINES_AT_ONCE;
  }, [summary, depth]);
  const lines = treeLines(summary.children, depth, turned.value);
  const hidden = lines.length - limit.value;
  const turn = (path: string): void => {
    const next = new Set(turned.value);
    if (!next.delete(path)) next.add(path);
    turned.value = next;
  };
  return (
    <>
      <div class="controls">
        <label>
          {words.depth}
          <select value={depth} onChange={({ currentTarget }) => setState({ level: currentTarget.value })}>
            {Array.from({ length: deepest }, (_, index) => (
              <option key={index} value={index + 1} selected={index + 1 === depth}>
                {index + 1}
              </option>
            ))}
          </select>
        </label>
        <CopyButton label={words.copyMarkdown} text={() => markdown} />
      </div>
      <div class="scroll layers" tabIndex={0} role="region" aria-label={words.treeCaption(summary.name)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.layer}</th>
              <th scope="col">{words.op}</th>
              <th scope="col">{words.output}</th>
              {[words.columns.parameters, words.columns.macs, words.field, words.stride].map((title) => (
                <th key={title} scope="col" class="figure">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, limit.value).map((line) => (
              <TreeRow key={line.entry.path} line={line} onTurn={turn} />
            ))}
          </tbody>
        </table>
        {hidden > 0 && (
          <button type="button" onClick={() => (limit.value += LINES_AT_ONCE)}>
            {words.more(Math.min(hidden, LINES_AT_ONCE))}
          </button>
        )}
      </div>
    </>
  );
}

interface TreeRowProps {
  readonly line: TreeLine;
  readonly onTurn: (path: string) => void;
}

function TreeRow({ line: { entry, level, name, isOpen }, onTurn }: TreeRowProps): VNode {
  const words = zooWords.value;
  const { path, op, outputShape, parameters, macs, receptiveField, stride, children } = entry;
  return (
    <tr>
      <th scope="row" style={{ paddingInlineStart: `${0.6 + level * 1.1}rem` }}>
        {children.length === 0 ? (
          <span class="leaf">{name}</span>
        ) : (
          <button
            type="button"
            class="turn"
            aria-expanded={isOpen}
            aria-label={isOpen ? words.close(path) : words.open(path)}
            onClick={() => onTurn(path)}
          >
            <span aria-hidden="true">{isOpen ? "▾" : "▸"}</span> {name}
          </button>
        )}
      </th>
      <td>{op ?? ""}</td>
      <td>{formatShape(outputShape)}</td>
      <td class="figure">{formatCount(parameters)}</td>
      <td class="figure">{formatCount(macs)}</td>
      <td class="figure">{extents(receptiveField, words.whole)}</td>
      <td class="figure">{extents(stride, "–")}</td>
    </tr>
  );
}

/** One number if height and width are equal. */
function extents([height, width]: SummaryEntry["stride"], none: string): string {
  const format = (extent: number | null): string => (extent === null ? none : String(Number(extent.toFixed(2))));
  return height === width ? format(height) : `${format(height)}×${format(width)}`;
}
