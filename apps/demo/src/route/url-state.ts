import { signal } from "@preact/signals";

/** The page's state is its address: what follows `#`, written as a query. */
const address = signal(new URLSearchParams(location.hash.slice(1)));
addEventListener("hashchange", () => (address.value = new URLSearchParams(location.hash.slice(1))));

/** The value of a name in the address, or what it is when it is not there. */
export function stateOf(name: string, otherwise: string): string {
  return address.value.get(name) ?? otherwise;
}

/** Text from the address as one of what there is; the first where it is none. */
export function oneOf<const T extends string>(all: readonly [T, ...T[]], text: string): T {
  return all.find((each) => each === text) ?? all[0];
}

/** Changes the address; `undefined` takes a name out. The browser's history gets a step for another view only. */
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
