import type { VNode } from "preact";
import type { ModelDefinition } from "@isoconv/zoo";
import { backendIds, isBackendId } from "../../engine/catalogue.js";
import { CopyButton } from "../../parts/copy-button.js";
import { setState, stateOf } from "../../route/url-state.js";
import { snippet } from "./snippet.js";
import { zooWords } from "./words.js";

/** The program that builds and runs a network on the backend that is picked. */
export function Program({ definition: { name, defaults } }: { readonly definition: ModelDefinition }): VNode {
  const words = zooWords.value;
  const asked = stateOf("backend", "onnx-wasm");
  const backend = isBackendId(asked) ? asked : "onnx-wasm";
  const program = snippet(name, defaults, backend);
  return (
    <div class="half">
      <h4>{words.code}</h4>
      <div class="controls">
        <label>
          {words.backend}
          <select value={backend} onChange={({ currentTarget }) => setState({ backend: currentTarget.value })}>
            {backendIds.map((id) => (
              <option key={id} value={id} selected={id === backend}>
                {id}
              </option>
            ))}
          </select>
        </label>
        <CopyButton label={words.copy} text={() => program} />
      </div>
      <pre class="program">
        <code>{program}</code>
      </pre>
      <p class="faint">{words.codeHint}</p>
    </div>
  );
}
