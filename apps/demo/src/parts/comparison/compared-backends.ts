import { computed } from "@preact/signals";
import { backendIds, type BackendId } from "../../engine/catalogue.js";
import { setState, stateOf } from "../../route/url-state.js";
import { backendsOf } from "../backend-choice.js";

/** The backends that are compared, wherever that is. */
export const comparedBackends = computed(() => backendsOf(stateOf("backends", backendIds.join(","))));

export function compareOn(chosen: readonly BackendId[]): void {
  setState({ backends: chosen.length === backendIds.length ? undefined : chosen.join(",") });
}
