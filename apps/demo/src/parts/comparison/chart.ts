import uPlot from "uplot";
import type { BackendId } from "../../engine/catalogue.js";
import type { Comparison } from "./comparison.js";
import { seriesOf } from "./series.js";

const HEIGHT = 240;

/** Round numbers, then the milliseconds of each backend; gaps for rounds that have not run. */
export function chartData(
  rows: Comparison["rows"],
  backends: readonly BackendId[],
  rounds: number,
): [number[], ...(number | null)[][]] {
  const numbers = Array.from({ length: rounds }, (_, index) => index + 1);
  return [numbers, ...backends.map((id) => numbers.map((_, index) => rows[id].warmMilliseconds[index] ?? null))];
}

export interface ChartLook {
  readonly width: number;
  readonly backends: readonly BackendId[];
  /** One for each backend. */
  readonly colors: readonly string[];
  readonly ink: string;
  readonly xLabel: string;
}

/** Milliseconds on a logarithmic axis, since backends differ by powers of ten. */
export function chartOptions({ width, backends, colors, ink, xLabel }: ChartLook): uPlot.Options {
  const axis: uPlot.Axis = { stroke: ink, grid: { stroke: ink, width: 0.2 }, ticks: { stroke: ink, width: 0.2 } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false },
      // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- uPlot's enum is in its types only
      y: { distr: 3, range: (_, least, most) => (least === null ? [0.1, 100] : uPlot.rangeLog(least, most, 10, true)) },
    },
    axes: [
      { ...axis, label: xLabel, labelSize: 20, incrs: [1, 2, 5, 10] },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => (value === null ? "" : String(value))) },
    ],
    series: [
      {},
      ...backends.map((id, index): uPlot.Series => {
        const { dash } = seriesOf(id);
        return { label: id, stroke: colors[index] ?? ink, dash: [...dash], width: 2, points: { show: false } };
      }),
    ],
  };
}
