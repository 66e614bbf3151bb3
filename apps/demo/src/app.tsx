import { computed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { language, languages, words } from "./i18n/language.js";
import { ErrorMessage } from "./parts/error-message.js";
import { setState, stateOf } from "./route/url-state.js";
import { isViewName, viewNames, views, type ViewName } from "./views/views.js";

export function App(): VNode {
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        {words.value.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <CurrentView />
      </main>
    </>
  );
}

/** The fragment after `#` holds the page's state, so an anchor link has to be handled here. */
function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** Links without a view that have one of these names are to the view Compare, which was the first view. */
const COMPARE_STATE = ["model", "weights", "size", "input", "invert", "backends"];

const viewName = computed((): ViewName => {
  const asked = stateOf("view", "");
  if (isViewName(asked)) return asked;
  return COMPARE_STATE.some((name) => stateOf(name, "") !== "") ? "compare" : "photo";
});

function Header(): VNode {
  const current = viewName.value;
  return (
    <header class="top">
      <div class="brand">
        <h1>{words.value.title}</h1>
        <p>{words.value.motto}</p>
      </div>
      <nav aria-label={words.value.title}>
        {viewNames.map((name) => (
          <a
            key={name}
            href={`#view=${name}`}
            aria-current={name === current ? "page" : undefined}
            onClick={(event) => {
              event.preventDefault();
              setState({ view: name });
            }}
          >
            {words.value.views[name]}
          </a>
        ))}
      </nav>
      <label class="language">
        <span>{words.value.language}</span>
        <select value={language.value} onChange={({ currentTarget }) => setState({ lang: currentTarget.value })}>
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

function CurrentView(): VNode {
  const shown = useSignal<{ readonly name: ViewName; readonly View: ComponentType } | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  useSignalEffect(() => {
    const name = viewName.value;
    failure.value = undefined;
    const show = async (): Promise<void> => {
      try {
        const View = await views[name]();
        if (viewName.peek() === name) shown.value = { name, View };
      } catch (error) {
        if (viewName.peek() === name) failure.value = error;
      }
    };
    void show();
  });
  useSignalEffect(() => {
    document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
    document.title = `${words.value.views[viewName.value]} – ${words.value.title}`;
  });
  if (failure.value !== undefined) return <ErrorMessage error={failure.value} />;
  if (shown.value === undefined) return <p role="status">{words.value.loading}</p>;
  const { name, View } = shown.value;
  return <Guarded key={name} View={View} />;
}

/** An error while one view renders does not break the others. */
function Guarded({ View }: { readonly View: ComponentType }): VNode {
  const [error] = useErrorBoundary() as readonly [unknown, () => void];
  return error === undefined ? <View /> : <ErrorMessage error={error} />;
}
