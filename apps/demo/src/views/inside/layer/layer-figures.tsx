import type { VNode } from "preact";
import { runtimeText } from "../../../parts/runtime-text.js";
import { formatNumber, formatRange } from "../format-number.js";
import { backendA, backendB } from "../inside-state.js";
import type { ComparisonResult, LayerResult, Worst } from "../inside-tasks.js";
import type { Maps } from "../maps/maps.js";
import { insideWords } from "../words.js";

export interface LayerFiguresProps {
  readonly node: string;
  readonly first: LayerResult | undefined;
  readonly comparison: ComparisonResult | undefined;
}

/** Time, range and share of the bound for both backends and for A − B. It has the same size before results arrive. */
export function LayerFigures({ node, first, comparison }: LayerFiguresProps): VNode {
  const words = insideWords.value;
  const worst = comparison?.worst;
  const runtimes = [
    ...(first === undefined ? [] : [`A: ${runtimeText(first.capabilities)}`]),
    ...(comparison === undefined ? [] : [`B: ${runtimeText(comparison.capabilities)}`]),
  ];
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={words.figures(node)}>
        <table class="figures steady">
          <caption class="visually-hidden">{words.figures(node)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.value}</th>
              <th scope="col">{words.time}</th>
              <th scope="col">{words.range}</th>
              <th scope="col">{words.worst}</th>
              <th scope="col">{words.where}</th>
              <th scope="col">{words.verdict}</th>
            </tr>
          </thead>
          <tbody>
            <Row
              name={`A: ${backendA.value}`}
              milliseconds={first?.milliseconds}
              maps={first?.maps}
              worst={worst?.a}
              verdicts={[words.within, words.beyond]}
            />
            <Row
              name={`B: ${backendB.value}`}
              milliseconds={comparison?.milliseconds}
              maps={comparison?.b}
              worst={worst?.b}
              verdicts={[words.within, words.beyond]}
            />
            <Row name={words.aMinusB} worst={worst?.between} verdicts={[words.sameWithin, words.apart]} />
          </tbody>
        </table>
      </div>
      <p class="faint hint">{words.judged}</p>
      <p class="faint hint rule">{comparison !== undefined && words.rules[comparison.rule]}</p>
      <p class="faint hint rule">{runtimes.join("; ")}</p>
    </>
  );
}

interface RowProps {
  readonly name: string;
  readonly milliseconds?: number | undefined;
  readonly maps?: Maps | undefined;
  readonly worst: Worst | undefined;
  readonly verdicts: readonly [right: string, wrong: string];
}

function Row({ name, milliseconds, maps, worst, verdicts: [right, wrong] }: RowProps): VNode {
  const words = insideWords.value;
  const isRight = worst !== undefined && worst.share <= 1;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{milliseconds === undefined ? "\u00a0" : words.milliseconds(formatNumber(milliseconds))}</td>
      <td>{maps === undefined ? "" : formatRange(maps.low, maps.high)}</td>
      <td>{worst === undefined ? "" : formatNumber(worst.share)}</td>
      <td>{worst === undefined || worst.share === 0 ? "" : `[${worst.index.join(", ")}]`}</td>
      <td class={isRight ? "good" : "bad"}>{worst === undefined ? "" : isRight ? right : wrong}</td>
    </tr>
  );
}
