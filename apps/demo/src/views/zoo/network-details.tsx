import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { ModelDefinition } from "@isoconv/zoo";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { setState } from "../../route/url-state.js";
import { words as shell } from "../../i18n/language.js";
import { NetworkFacts } from "./network-facts.js";
import { Program } from "./program.js";
import { SummaryTree } from "./summary-tree.js";
import { zooWords } from "./words.js";
import type { NetworkDetails } from "./zoo-tasks.js";

/** One network in detail: facts, program, layers and drawing. */
export function NetworkDetailsPanel({ definition }: { readonly definition: ModelDefinition }): VNode {
  const words = zooWords.value;
  const { name, summary } = definition;
  const { details, failure } = useDetails(name);
  return (
    <section class="details" aria-label={words.chosen(name)}>
      <h3>{name}</h3>
      <p aria-live="polite">
        {summary}{" "}
        <a
          href={`#view=compare&model=${encodeURIComponent(name)}`}
          onClick={(event) => {
            event.preventDefault();
            setState({ view: "compare", model: name });
          }}
        >
          {words.openInCompare(name)}
        </a>
      </p>
      {failure !== undefined && <ErrorMessage error={failure} />}
      <div class="halves">
        <NetworkFacts definition={definition} summary={details?.summary} />
        <Program definition={definition} />
      </div>
      <div class="halves">
        <div class="half">
          <h4>{words.tree}</h4>
          {details === undefined ? <p class="layers faint">{shell.value.loading}</p> : <SummaryTree {...details} />}
        </div>
        <div class="half">
          <h4>{words.drawing}</h4>
          <div class="scroll drawing" tabIndex={0} role="region" aria-label={words.drawing}>
            {/* The SVG comes from the zoo, which escapes every name in it. */}
            {details !== undefined && <div dangerouslySetInnerHTML={{ __html: details.svg }} />}
          </div>
        </div>
      </div>
    </section>
  );
}

interface Loaded {
  readonly details?: NetworkDetails | undefined;
  readonly failure?: unknown;
}

/** Builds the network in a worker and stops building the previous one. */
function useDetails(model: string): Loaded {
  const engine = useMemo(() => new Engine(), []);
  const loaded = useSignal<Loaded & { readonly model?: string }>({});
  useEffect(() => () => engine.end(), [engine]);
  useEffect(() => {
    const controller = new AbortController();
    engine.call("zooNetwork", { model }, { signal: controller.signal }).then(
      (details) => (loaded.value = { model, details }),
      (failure: unknown) => isAborted(failure) || (loaded.value = { model, failure }),
    );
    return () => controller.abort();
  }, [engine, model]);
  return loaded.value.model === model ? loaded.value : {};
}
