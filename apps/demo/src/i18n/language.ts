import { computed, type ReadonlySignal } from "@preact/signals";
import { stateOf } from "../route/url-state.js";
import { en, type Words } from "./en.js";
import { zh } from "./zh.js";

export const languages = { en: "English", zh: "简体中文" } as const;
export type Language = keyof typeof languages;

const dictionaries: Readonly<Record<Language, Words>> = { en, zh };

/** The language in the address, else the browser's. */
export const language = computed<Language>(() => {
  const asked = stateOf("lang", navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  return asked === "zh" ? "zh" : "en";
});

/** The texts of the page in the chosen language. */
export const words = computed<Words>(() => dictionaries[language.value]);

/** The texts of one view in both languages. The type requires the same keys in Chinese as in English. */
export function localised<T>(english: T, chinese: NoInfer<T>): ReadonlySignal<T> {
  return computed(() => (language.value === "zh" ? chinese : english));
}
