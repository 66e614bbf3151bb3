import { computed } from "@preact/signals";
import { backendIds, type BackendId } from "../../engine/catalogue.js";
import { setState, stateOf } from "../../route/url-state.js";
import { backendsOf } from "../backend-choice.js";

/** The backends to compare, shared by the views. */
export const comparedBackends = computed(() => backendsOf(stateOf("backends", backendIds.join(","))));

export function compareOn(chosen: readonly BackendId[]): void {
  setState({ backends: chosen.length === backendIds.length ? undefined : chosen.join(",") });
}
