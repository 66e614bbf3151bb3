import type { VNode } from "preact";
import { backendA, backendB } from "../inside-state.js";
import type { PlanNode } from "../plan/plan.js";
import { TaskStatus } from "../task-status.js";
import type { Engines } from "../use-engines.js";
import { insideWords } from "../words.js";
import { LayerFigures } from "./layer-figures.js";
import { LayerSights } from "./layer-sights.js";
import { useLayer } from "./use-layer.js";

export interface LayerPanelProps {
  readonly engines: Engines;
  readonly node: PlanNode;
}

/** The values of one node on two backends. */
export function LayerPanel({ engines, node }: LayerPanelProps): VNode {
  const words = insideWords.value;
  const layer = useLayer(engines, node.name);
  const { first, comparison } = layer;
  const [a, b] = [backendA.value, backendB.value];
  return (
    <>
      <h3>
        {node.name} <span class="faint">{`${node.op}, ${node.shape}`}</span>
      </h3>
      <TaskStatus
        tasks={[
          { task: first, backend: a },
          { task: comparison, backend: b },
        ]}
        done={words.done(node.name, a, b)}
      />
      <LayerFigures node={node.name} first={first.result} comparison={comparison.result} />
      <LayerSights layer={layer} />
    </>
  );
}
