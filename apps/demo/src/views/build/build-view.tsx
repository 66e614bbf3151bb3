import { useComputed } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { words as shell } from "../../i18n/language.js";
import { Session } from "../../parts/comparison/session.js";
import { CopyButton } from "../../parts/copy-button.js";
import { followText, chosenExample, text } from "./build-state.js";
import { ComparePanel } from "./compare-panel.js";
import { Editor } from "./editor.js";
import { exampleNames, examples, type ExampleName } from "./examples.js";
import { LayerList } from "./layer-list.js";
import { LayerNames } from "./layer-names.js";
import { RunPanel } from "./run-panel.js";
import { buildWords } from "./words.js";
import "../../parts/halves.css";
import "./build.css";

/** The view Build your own: an editor with live layers and shapes, and a button to run the network. */
export function BuildView(): VNode {
  useEffect(followText, []);
  const session = useMemo(() => new Session(), []);
  const isComparing = useComputed(() => session.shown.value.isRunning);
  const words = buildWords.value;
  return (
    <div class="build">
      <h2>{shell.value.views.build}</h2>
      <p>{words.intro}</p>
      <div class="controls">
        <ExampleSelect />
        <CopyButton label={words.copyLink} text={() => location.href} />
      </div>
      <div class="halves">
        <Editor />
        <LayerList />
      </div>
      <LayerNames />
      <RunPanel isComparing={isComparing.value} />
      <ComparePanel session={session} />
    </div>
  );
}

function ExampleSelect(): VNode {
  const words = buildWords.value;
  const chosen = chosenExample.value;
  return (
    <label>
      {words.example}
      <select
        value={chosen ?? ""}
        onChange={({ currentTarget }) => {
          const name = currentTarget.value;
          if (isExample(name)) text.value = examples[name];
        }}
      >
        {chosen === undefined && <option value="">{words.ownText}</option>}
        {exampleNames.map((name) => (
          <option key={name} value={name} selected={name === chosen}>
            {words.examples[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

function isExample(name: string): name is ExampleName {
  return Object.hasOwn(examples, name);
}
