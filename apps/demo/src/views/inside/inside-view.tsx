import type { VNode } from "preact";
import { words as shell } from "../../i18n/language.js";
import { BackendSelect } from "../../parts/backend-select.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { ImageInput } from "../../parts/image-input.js";
import { NetworkPicker } from "../../parts/network-picker.js";
import { missing, network, type Missing } from "../../parts/subject.js";
import { setState } from "../../route/url-state.js";
import { ActivationPanel } from "./activation/activation-panel.js";
import { FiltersPanel } from "./filters/filters-panel.js";
import "./inside.css";
import { backendA, backendB, chosenDepth, chosenNode, networkKey, panel, panels } from "./inside-state.js";
import { LayerPanel } from "./layer/layer-panel.js";
import { ArchitectureSection } from "./plan/architecture-section.js";
import type { Plan, PlanNode } from "./plan/plan.js";
import { useEngines, type Engines } from "./use-engines.js";
import { useTask } from "./use-task.js";
import { insideWords } from "./words.js";

/** The view Look inside: architecture, layers on two backends, first filters and class activation maps. */
export function InsideView(): VNode {
  const words = insideWords.value;
  const engines = useEngines();
  const [choice, depth] = [network.value, chosenDepth.value];
  const {
    result: plan,
    error,
    again,
  } = useTask(String(depth), networkKey.value, (context) =>
    engines.plan.call("insidePlan", { network: choice, depth }, context),
  );
  const node = plan?.nodes.find(({ name }) => name === chosenNode.value);
  return (
    <div class="inside">
      <h2>{shell.value.views.inside}</h2>
      <p class="faint">{words.lead}</p>
      <div class="subjects">
        <NetworkPicker />
        <ImageInput />
      </div>
      {error !== undefined && (
        <>
          <ErrorMessage error={error} />
          <button type="button" onClick={again}>
            {words.again}
          </button>
        </>
      )}
      <ArchitectureSection plan={plan} node={node?.name} />
      <div class="controls">
        <BackendSelect label={words.backendA} name="a" chosen={backendA.value} />
        <BackendSelect label={words.backendB} name="b" chosen={backendB.value} />
      </div>
      <Tabs />
      <div
        class="card panel"
        role="tabpanel"
        id="inside-panel"
        aria-labelledby={`inside-tab-${panel.value}`}
        tabIndex={0}
      >
        {plan !== undefined && <Panel engines={engines} plan={plan} node={node} />}
        {plan === undefined && error === undefined && <p>{shell.value.loading}</p>}
      </div>
    </div>
  );
}

function Tabs(): VNode {
  const words = insideWords.value;
  const choose = (name: string): void => setState({ panel: name });
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={words.panelsLabel}
      onKeyDown={(event) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step === 0) return;
        const next = panels[(panels.indexOf(panel.value) + step + panels.length) % panels.length] ?? panel.value;
        choose(next);
        document.getElementById(`inside-tab-${next}`)?.focus();
      }}
    >
      {panels.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`inside-tab-${name}`}
          aria-selected={name === panel.value}
          aria-controls="inside-panel"
          tabIndex={name === panel.value ? 0 : -1}
          onClick={() => choose(name)}
        >
          {words.panels[name]}
        </button>
      ))}
    </div>
  );
}

interface PanelProps {
  readonly engines: Engines;
  readonly plan: Plan;
  readonly node: PlanNode | undefined;
}

function Panel({ engines, plan, node }: PanelProps): VNode {
  if (panel.value === "filters") return <FiltersPanel engines={engines} node={plan.filters} />;
  if (missing.value !== undefined) return <NoImage missing={missing.value} />;
  if (panel.value === "activation") return <ActivationPanel engines={engines} plan={plan.activation} />;
  return node === undefined ? <p>{insideWords.value.chooseNode}</p> : <LayerPanel engines={engines} node={node} />;
}

function NoImage({ missing: why }: { readonly missing: Missing }): VNode {
  if (why.kind === "failed") return <ErrorMessage error={why.failure} />;
  return <p>{why.kind === "loading" ? shell.value.loading : insideWords.value.noImage}</p>;
}
