import { computed } from "@preact/signals";
import { backendOf } from "../engine/catalogue.js";
import { stateOf } from "../route/url-state.js";

/** The one backend that views which need one have in common. */
export const chosenBackend = computed(() => backendOf(stateOf("backend", ""), "onnx-wasm"));
