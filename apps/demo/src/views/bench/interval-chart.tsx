import { formatFigure, formatInterval, type BenchReport, type Interval } from "@isoconv/inspect";
import type { VNode } from "preact";
import { intervalScale } from "./interval-scale.js";
import { words } from "./words.js";

const ROW = 44;
const AXIS = 28;

/** Medians with their intervals, one row for each backend. The table has the same figures. */
export function IntervalChart({ report }: { readonly report: BenchReport }): VNode | undefined {
  const rows = report.rows.flatMap(({ backend, result }) =>
    result.status === "measured" ? [{ backend, steady: result.steady }] : [],
  );
  if (rows.length === 0) return undefined;
  const { chart, chartText, milliseconds } = words.value;
  const title = chart(report.rows[0]?.subject ?? "");
  const { ticks, percent } = intervalScale(rows.map(({ steady }) => steady));
  const height = rows.length * ROW;
  const text = rows.map(({ backend, steady }) => chartText(backend, formatInterval(steady))).join("; ");
  const at = (value: number): string => `${percent(value)}%`;
  return (
    <figure class="intervals">
      <figcaption>{title}</figcaption>
      <svg role="img" aria-label={`${title}: ${text}`} height={height + AXIS} overflow="visible">
        {ticks.map((tick) => (
          <g key={tick} class="tick">
            <line x1={at(tick)} x2={at(tick)} y1={0} y2={height} />
            <text x={at(tick)} y={height + 18} text-anchor="middle">
              {formatFigure(tick)}
            </text>
          </g>
        ))}
        {rows.map(({ backend, steady }, index) => (
          <IntervalRow key={backend} label={backend} steady={steady} top={index * ROW} at={at} />
        ))}
      </svg>
      <p class="faint unit">{milliseconds}</p>
    </figure>
  );
}

interface IntervalRowProps {
  readonly label: string;
  readonly steady: Interval;
  readonly top: number;
  readonly at: (value: number) => string;
}

function IntervalRow({ label, steady: { median, low, high }, top, at }: IntervalRowProps): VNode {
  const middle = top + 30;
  return (
    <g class="row">
      <text x={4} y={top + 16}>
        {label}
      </text>
      <line class="reach" x1={0} x2={at(median)} y1={middle} y2={middle} />
      <line class="interval" x1={at(low)} x2={at(high)} y1={middle} y2={middle} />
      <circle cx={at(median)} cy={middle} r={5} />
    </g>
  );
}
