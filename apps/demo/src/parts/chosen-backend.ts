import { computed } from "@preact/signals";
import { backendOf } from "../engine/catalogue.js";
import { stateOf } from "../route/url-state.js";

/** The backend of the views that use a single one. */
export const chosenBackend = computed(() => backendOf(stateOf("backend", ""), "onnx-wasm"));
