import type { Budget } from "@isoconv/conformance";
import { setState, stateOf } from "../../route/url-state.js";
import { backendsOf } from "../../parts/backend-choice.js";
import type { BackendId } from "../../engine/catalogue.js";
import type { PlanChoice } from "./suite-tasks.js";
import { isFaultId, isTarget, type Target } from "./target.js";

/** The fast families, which find most bugs: under a minute on a slow machine. */
const USUAL_FILTER = "op/*/exact/** op/*/matrix/**";
const USUAL_BACKENDS = "onnx-wasm,tfjs-wasm";

export const budgetNames = ["quick", "full", "soak"] as const satisfies readonly Budget[];

export function chosenBackends(): readonly BackendId[] {
  return backendsOf(stateOf("suite", USUAL_BACKENDS));
}

export function chooseBackends(chosen: readonly BackendId[]): void {
  setState({ suite: chosen.join(",") });
}

/** The name of the faulty backend; empty for none. */
export function chosenFault(): string {
  return stateOf("fault", "");
}

/** Choosing a fault sets its filter; choosing none restores the usual filter. */
export function chooseFault(fault: { readonly name: string; readonly filter: string } | undefined): void {
  setState({ fault: fault?.name, filter: fault?.filter });
}

export function chosenTargets(): readonly Target[] {
  const fault = chosenFault();
  return [...chosenBackends(), ...(fault === "" ? [] : [`fault/${fault}` as const])];
}

export function filterText(): string {
  return stateOf("filter", USUAL_FILTER);
}

/** An empty text selects all cases; `undefined` selects the usual ones. */
export function chooseFilter(text: string | undefined): void {
  const filter = text?.trim().replaceAll(/\s+/g, " ");
  setState({ filter: filter === USUAL_FILTER ? undefined : filter });
}

function chosenBudget(): Budget {
  return budgetNames.find((name) => name === stateOf("budget", "quick")) ?? "quick";
}

export function chooseBudget(budget: string): void {
  setState({ budget: budget === "quick" ? undefined : budget });
}

export function planChoice(): PlanChoice {
  const filter = filterText();
  return { budget: chosenBudget(), filter: filter === "" ? [] : filter.split(" ") };
}

/** The case shown in the dialog, and its backend. */
export function openCase(): { readonly id: string; readonly target: Target } | undefined {
  const id = stateOf("case", "");
  const target = stateOf("on", "");
  return id !== "" && isTarget(target) ? { id, target } : undefined;
}

export function showCase(target: Target, id: string): void {
  setState({ case: id, on: target });
}

export function closeCase(): void {
  setState({ case: undefined, on: undefined });
}

/** A target's name for display. */
export function nameOf(target: Target): string {
  return isFaultId(target) ? target.slice("fault/".length) : target;
}
