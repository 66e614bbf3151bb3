import type { VNode } from "preact";
import { classNames } from "../../../parts/subject.js";
import { formatNumber, formatRange } from "../format-number.js";
import type { ComparisonResult, LayerResult } from "../inside-tasks.js";
import { Bars } from "../maps/bars.js";
import { insideWords } from "../words.js";
import type { SightMaps } from "./sight-maps.js";

export interface VectorBarsProps {
  readonly seen: SightMaps;
  readonly label: string;
  readonly first: LayerResult | undefined;
  readonly comparison: ComparisonResult | undefined;
}

/** Up to this many numbers are also shown as a table. */
const READABLE = 32;

/** A row of numbers as bars, and as a table if there are few. */
export function VectorBars({ seen: { maps, scale }, label, first, comparison }: VectorBarsProps): VNode {
  const words = insideWords.value;
  const range = scale.outside === undefined ? maps : scale;
  const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)];
  return (
    <>
      <p class="axis">{formatRange(low, high)}</p>
      <Bars values={maps.data} low={low} high={high} label={label} />
      {maps.count <= READABLE && (
        <details open>
          <summary>{words.numbersTable}</summary>
          <div class="scroll" tabIndex={0} role="region" aria-label={words.numbersTable}>
            <table class="figures">
              <thead>
                <tr>
                  <th scope="col">{words.number}</th>
                  <th scope="col">{words.sights.a}</th>
                  <th scope="col">{words.sights.b}</th>
                  <th scope="col">{words.sights.between}</th>
                </tr>
              </thead>
              <tbody>
                {Array.from(maps.data, (_, index) => (
                  <tr key={index}>
                    <th scope="row">{numberName(index, maps.count)}</th>
                    <td>{cell(first?.maps.data[index])}</td>
                    <td>{cell(comparison?.b.data[index])}</td>
                    <td>{cell(comparison?.shares.between.data[index])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </>
  );
}

/** Class names apply if there are as many numbers as classes. */
function numberName(index: number, count: number): string {
  const names = classNames.value;
  return names.length === count ? `${index} ${names[index] ?? ""}` : String(index);
}

function cell(value: number | undefined): string {
  return value === undefined ? "\u00a0" : formatNumber(value);
}
