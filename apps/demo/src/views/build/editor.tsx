import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import type { LocatedError } from "../../engine/own-network/analyse.js";
import { placeOf } from "../../engine/own-network/read-json.js";
import { WorkerError } from "../../engine/plain-error.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { analysed, analysis, failure, text, writeText } from "./build-state.js";
import { buildWords } from "./words.js";

/** The text is stored in the address, and browsers limit the length of addresses. */
const LONGEST_TEXT = 20_000;

/** The text and its error. */
export function Editor(): VNode {
  const words = buildWords.value;
  const area = useRef<HTMLTextAreaElement>(null);
  const fault = analysis.value?.fault;
  const isFollowed = analysed.value !== undefined && failure.value === undefined;
  const show = (at: number): void => {
    area.current?.focus();
    area.current?.setSelectionRange(at, endOfLine(text.value, at));
  };
  return (
    <div class="half">
      <label class="editor">
        {words.editor}
        <textarea
          ref={area}
          value={text.value}
          rows={24}
          maxLength={LONGEST_TEXT}
          spellcheck={false}
          autocapitalize="off"
          aria-invalid={fault !== undefined}
          aria-describedby="network-fault"
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          // On blur, so that the address has the text when the reader leaves the view and returns.
          onChange={writeText}
        />
      </label>
      <div id="network-fault" class="fault" aria-live="polite">
        {failure.value !== undefined && <ErrorMessage error={failure.value} />}
        {fault !== undefined && <FaultMessage fault={fault} onShow={show} />}
        {isFollowed && fault === undefined && <p class="good">{words.sound}</p>}
      </div>
    </div>
  );
}

interface FaultMessageProps {
  readonly fault: LocatedError;
  readonly onShow: (at: number) => void;
}

function FaultMessage({ fault, onShow }: FaultMessageProps): VNode {
  const words = buildWords.value;
  const { line, column } = placeOf(analysed.value?.text ?? "", fault.at);
  return (
    <>
      <p>
        <strong>{words.fault(line, column)}</strong>{" "}
        <button type="button" onClick={() => onShow(fault.at)}>
          {words.showFault}
        </button>
      </p>
      <ErrorMessage error={new WorkerError(fault.error)} />
    </>
  );
}

function endOfLine(of: string, at: number): number {
  const end = of.indexOf("\n", at);
  return end === -1 ? of.length : end;
}
