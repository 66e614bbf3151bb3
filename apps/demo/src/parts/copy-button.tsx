import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { localised } from "../i18n/language.js";

const words = localised(
  { copied: "Copied", refused: "The browser did not allow the page to copy: select the text instead." },
  { copied: "已复制", refused: "浏览器不允许页面复制：请手动选中文本后复制。" },
);

export interface CopyButtonProps {
  readonly label: string;
  /** Called when the button is pressed. */
  readonly text: () => string;
}

/** A button that copies a text and confirms it. */
export function CopyButton({ label, text }: CopyButtonProps): VNode {
  const outcome = useSignal<"copied" | "refused" | undefined>(undefined);
  const copy = async (): Promise<void> => {
    try {
      // Over plain HTTP there is no clipboard API.
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
