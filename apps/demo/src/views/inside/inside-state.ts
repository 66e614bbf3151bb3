import { computed, type ReadonlySignal } from "@preact/signals";
import { backendOf } from "../../engine/catalogue.js";
import { image, network } from "../../parts/subject.js";
import { oneOf, stateOf } from "../../route/url-state.js";
import { keyOfImage, keyOfNetwork } from "./identity.js";

export const panels = ["layer", "filters", "activation"] as const;

/** What the grid of a layer shows: values of a backend, or shares of the bound. */
export const sights = ["a", "b", "between", "errorA", "errorB"] as const;
export type Sight = (typeof sights)[number];

export const panel = computed(() => oneOf(panels, stateOf("panel", "layer")));
export const sight = computed(() => oneOf(sights, stateOf("show", "a")));
/** Whether the colour scale ends at the largest share instead of at the limit. */
export const isStretched = computed(() => stateOf("stretch", "0") === "1");

/** The chosen node; the current network may not have it. */
export const chosenNode = computed(() => stateOf("node", ""));
export const chosenChannel = computed(() => wholeNumber(stateOf("channel", "0")) ?? 0);
/** The class to explain; by default the most probable one. */
export const chosenClass = computed(() => wholeNumber(stateOf("class", "")));
/** The level to which the drawing is opened; by default as deep as readable. */
export const chosenDepth = computed(() => {
  const depth = wholeNumber(stateOf("depth", ""));
  return depth === 0 ? undefined : depth;
});

export const backendA = computed(() => backendOf(stateOf("a", ""), "tfjs-wasm"));
export const backendB = computed(() => backendOf(stateOf("b", ""), "onnx-wasm"));

export const networkKey = computed(() => keyOfNetwork(network.value));
/** `undefined` while there is no image. */
export const imageKey: ReadonlySignal<string | undefined> = computed(() =>
  image.value === undefined ? undefined : keyOfImage(image.value),
);

function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
