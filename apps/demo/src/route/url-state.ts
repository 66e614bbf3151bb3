import { signal } from "@preact/signals";

/** The page's state: the part of the address after `#`, written as a query string. */
const address = signal(new URLSearchParams(location.hash.slice(1)));
addEventListener("hashchange", () => (address.value = new URLSearchParams(location.hash.slice(1))));

/** The value of a name in the address, or `otherwise` if the address does not have it. */
export function stateOf(name: string, otherwise: string): string {
  return address.value.get(name) ?? otherwise;
}

/** The member of `all` that equals the text; the first member if none does. */
export function oneOf<const T extends string>(all: readonly [T, ...T[]], text: string): T {
  return all.find((each) => each === text) ?? all[0];
}

/** Changes the address; `undefined` removes a name. Adds a step to the browser's history only when the view changes. */
export function setState(changes: Readonly<Record<string, string | undefined>>): void {
  const next = new URLSearchParams(address.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const isStep = next.get("view") !== address.value.get("view");
  history[isStep ? "pushState" : "replaceState"](null, "", `#${next}`);
  address.value = next;
}
