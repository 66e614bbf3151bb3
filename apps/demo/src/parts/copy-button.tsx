import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { localised } from "../i18n/language.js";

const words = localised(
  { copied: "Copied", refused: "The browser did not let the page copy: select the text instead." },
  { copied: "已复制", refused: "浏览器不允许页面复制：请手动选中文本。" },
);

export interface CopyButtonProps {
  readonly label: string;
  /** Asked for when it is copied. */
  readonly text: () => string;
}

/** Copies a text, and says so beside it. */
export function CopyButton({ label, text }: CopyButtonProps): VNode {
  const outcome = useSignal<"copied" | "refused" | undefined>(undefined);
  const copy = async (): Promise<void> => {
    try {
      // Over plain HTTP there is no clipboard at all.
      await navigator.clipboard.writeText(text());
      outcome.value = "copied";
    } catch {
      outcome.value = "refused";
    }
  };
  return (
    <span class="copy">
      <button type="button" onClick={() => void copy()} onBlur={() => (outcome.value = undefined)}>
        {label}
      </button>{" "}
      <span role="status" class="faint">
        {outcome.value === undefined ? "" : words.value[outcome.value]}
      </span>
    </span>
  );
}
