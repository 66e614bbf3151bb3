import type { VNode } from "preact";
import { setState } from "../../../route/url-state.js";
import { chosenDepth } from "../inside-state.js";
import { insideWords } from "../words.js";
import { Architecture } from "./architecture.js";
import type { Plan } from "./plan.js";

export interface ArchitectureSectionProps {
  readonly plan: Plan | undefined;
  readonly node: string | undefined;
}

/** The drawing, and lists that offer the same choices. */
export function ArchitectureSection({ plan, node }: ArchitectureSectionProps): VNode {
  const words = insideWords.value;
  return (
    <section class="card" aria-labelledby="inside-architecture">
      <h3 id="inside-architecture">{words.architecture}</h3>
      <div class="controls">
        <NodeSelect plan={plan} node={node} />
        <DepthSelect deepest={plan?.deepest ?? 1} />
      </div>
      {plan === undefined ? (
        <div class="architecture" />
      ) : (
        <Architecture plan={plan} node={node} onChoose={chooseNode} />
      )}
      <p class="faint hint">{words.architectureHint}</p>
    </section>
  );
}

function chooseNode(node: string): void {
  setState({ node, panel: undefined, channel: undefined });
}

function NodeSelect({ plan, node }: ArchitectureSectionProps): VNode {
  const words = insideWords.value;
  return (
    <label>
      {words.node}
      <select
        class="node-select"
        value={node ?? ""}
        disabled={plan === undefined}
        onChange={({ currentTarget }) => chooseNode(currentTarget.value)}
      >
        {node === undefined && <option value="">{words.noNode}</option>}
        {plan?.nodes.map(({ name, op, shape }) => (
          <option key={name} value={name} selected={name === node}>
            {`${name}: ${op}, ${shape}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function DepthSelect({ deepest }: { readonly deepest: number }): VNode {
  const words = insideWords.value;
  const depth = chosenDepth.value === undefined ? undefined : Math.min(chosenDepth.value, deepest);
  const depths = Array.from({ length: deepest }, (_, index) => index + 1);
  return (
    <label>
      {words.depth}
      <select value={depth ?? ""} onChange={({ currentTarget: { value } }) => setState({ depth: value || undefined })}>
        <option value="">{words.depthReadable}</option>
        {depths.map((each) => (
          <option key={each} value={each} selected={each === depth}>
            {words.depthOf(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
