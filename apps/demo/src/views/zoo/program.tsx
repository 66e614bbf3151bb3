import type { VNode } from "preact";
import type { ModelDefinition } from "@isoconv/zoo";
import { words as shell } from "../../i18n/language.js";
import { BackendSelect } from "../../parts/backend-select.js";
import { chosenBackend } from "../../parts/chosen-backend.js";
import { CopyButton } from "../../parts/copy-button.js";
import { snippet } from "./snippet.js";
import { zooWords } from "./words.js";

/** The program that builds a network and runs it on the chosen backend. */
export function Program({ definition: { name, defaults } }: { readonly definition: ModelDefinition }): VNode {
  const words = zooWords.value;
  const backend = chosenBackend.value;
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
