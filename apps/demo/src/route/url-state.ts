import { signal, type ReadonlySignal } from "@preact/signals";

/** The page's state is its address: what follows `#`, written as a query. */
const address = signal(new URLSearchParams(location.hash.slice(1)));
addEventListener("hashchange", () => (address.value = new URLSearchParams(location.hash.slice(1))));

export const addressState: ReadonlySignal<URLSearchParams> = address;

/** The value of a name in the address, or what it is when it is not there. */
export function stateOf(name: string, otherwise: string): string {
  return address.value.get(name) ?? otherwise;
}

/** Changes the address; `undefined` takes a name out. The browser's history gets a step for another view only. */
export function setState(changes: Readonly<Record<string, string | undefined>>): void {
  const next = new URLSearchParams(address.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const isStep = "view" in changes;
  history[isStep ? "pushState" : "replaceState"](null, "", `#${next}`);
  address.value = next;
}
