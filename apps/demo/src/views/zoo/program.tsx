import type { VNode } from "preact";
import type { ModelDefinition } from "@isoconv/zoo";
import { backendOf } from "../../engine/catalogue.js";
import { words as shell } from "../../i18n/language.js";
import { BackendSelect } from "../../parts/backend-select.js";
import { CopyButton } from "../../parts/copy-button.js";
import { stateOf } from "../../route/url-state.js";
import { snippet } from "./snippet.js";
import { zooWords } from "./words.js";

/** The program that builds and runs a network on the backend that is picked. */
export function Program({ definition: { name, defaults } }: { readonly definition: ModelDefinition }): VNode {
  const words = zooWords.value;
  const backend = backendOf(stateOf("backend", ""), "onnx-wasm");
  const program = snippet(name, defaults, backend);
  return (
    <div class="half">
      <h4>{words.code}</h4>
      <div class="controls">
        <BackendSelect label={shell.value.backend} name="backend" chosen={backend} />
        <CopyButton label={words.copy} text={() => program} />
      </div>
      <pre class="program">
        <code>{program}</code>
      </pre>
      <p class="faint">{words.codeHint}</p>
    </div>
  );
}
