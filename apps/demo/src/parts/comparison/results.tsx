import type { VNode } from "preact";
import type { BackendId } from "../../engine/catalogue.js";
import { BackendCard } from "./backend-card.js";
import type { Comparison } from "./comparison.js";
import { LatencyChart } from "./latency-chart.js";
import { OracleLine } from "./oracle-line.js";
import "./results.css";
import { SummaryLine } from "./summary-line.js";

export interface ResultsProps {
  readonly comparison: Comparison;
  readonly backends: readonly BackendId[];
  /** Empty if unknown. */
  readonly classNames: readonly string[];
}

/** The results of a comparison so far. They take the same space before, during and after the run. */
export function Results({ comparison, backends, classNames }: ResultsProps): VNode {
  const { rows, questions, oracle } = comparison;
  return (
    <div class="comparison">
      <SummaryLine comparison={comparison} />
      <OracleLine oracle={oracle} />
      <div class="cards compared">
        {backends.map((id) => (
          <BackendCard key={id} {...{ id, row: rows[id], questions, oracle, classNames }} />
        ))}
      </div>
      {backends.length > 0 && <LatencyChart comparison={comparison} backends={backends} />}
    </div>
  );
}
