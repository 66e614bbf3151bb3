import { computed, type ReadonlySignal } from "@preact/signals";
import { stateOf } from "../route/url-state.js";
import { en, type Words } from "./en.js";
import { zh } from "./zh.js";

export const languages = { en: "English", zh: "简体中文" } as const;
export type Language = keyof typeof languages;

const dictionaries: Readonly<Record<Language, Words>> = { en, zh };

/** As the address says, or the browser. */
export const language = computed<Language>(() => {
  const asked = stateOf("lang", navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  return asked === "zh" ? "zh" : "en";
});

/** The words of the page in the reader's language. */
export const words = computed<Words>(() => dictionaries[language.value]);

/** The words of one view, in both languages; Chinese has every word that English has. */
export function localised<T>(english: T, chinese: NoInfer<T>): ReadonlySignal<T> {
  return computed(() => (language.value === "zh" ? chinese : english));
}
