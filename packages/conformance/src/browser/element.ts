/// <reference lib="dom" preserve="true" />

type Attributes = Readonly<Record<string, string>>;

/** Creates an element. Texts become text nodes, so that messages of backends are not parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
