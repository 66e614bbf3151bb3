import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { BackendId } from "../../engine/catalogue.js";
import { onColorScheme } from "../color-scheme.js";
import { chartData, chartOptions } from "./chart.js";
import type { Comparison } from "./comparison.js";
import { seriesOf } from "./series.js";
import { WARM_RUNS } from "./session.js";
import { comparisonWords } from "./words.js";

export interface LatencyChartProps {
  readonly comparison: Comparison;
  readonly backends: readonly BackendId[];
}

/** Milliseconds per warm run by round, live. The cards have the medians as text. */
export function LatencyChart({ comparison, backends }: LatencyChartProps): VNode {
  const view = comparisonWords.value;
  const place = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const data = chartData(comparison.rows, backends, WARM_RUNS[comparison.questions.kind].most);
  const latest = useRef(data);
  latest.current = data;
  const key = backends.join(",");

  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const draw = (): void => {
      plot.current?.destroy();
      const options = chartOptions({
        width: current.clientWidth,
        backends,
        colors: readColors(legend.current),
        ink: getComputedStyle(current).color,
        xLabel: view.round,
      });
      plot.current = new uPlot(options, latest.current, current);
    };
    draw();
    const forget = onColorScheme(draw);
    const observer = new ResizeObserver(() => {
      const { height = 0, width = 0 } = plot.current ?? {};
      if (width !== current.clientWidth) plot.current?.setSize({ width: current.clientWidth, height });
    });
    observer.observe(current);
    return () => {
      forget();
      observer.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [key, view]);

  useEffect(() => {
    // Several runs may end between two frames.
    const frame = requestAnimationFrame(() => plot.current?.setData(latest.current));
    return () => cancelAnimationFrame(frame);
  });

  return (
    <figure class="chart">
      <figcaption>
        {view.chart} <span class="faint">{view.timing}</span>
      </figcaption>
      <div ref={place} class="plot" role="img" aria-label={view.chartOf(key)} />
      <ul ref={legend} class="legend">
        {backends.map((id) => (
          <li key={id}>
            <svg class="swatch" style={{ color: seriesOf(id).color }} viewBox="0 0 32 8" aria-hidden="true">
              <line
                x1="0"
                x2="32"
                y1="4"
                y2="4"
                stroke="currentColor"
                stroke-width="3"
                stroke-dasharray={seriesOf(id).dash.join(" ")}
              />
            </svg>
            {id}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Resolves a custom property, since a canvas cannot use the style sheet's names. */
function readColors(legend: HTMLElement | null): readonly string[] {
  return [...(legend?.querySelectorAll(".swatch") ?? [])].map((swatch) => getComputedStyle(swatch).color);
}
