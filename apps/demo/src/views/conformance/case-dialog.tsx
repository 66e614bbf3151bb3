import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isAborted } from "../../engine/plain-error.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { CaseView } from "./case-view.js";
import { closeCase, nameOf, openCase, planChoice } from "./suite-state.js";
import type { SuiteRun } from "./suite-run.js";
import type { CaseDetail } from "./suite-tasks.js";
import { words } from "./words.js";

/** A dialog with everything about the case in the address, which is run again for this. */
export function CaseDialog({ run }: { readonly run: SuiteRun }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const detail = useSignal<CaseDetail | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const open = openCase();
  const { id, target } = open ?? {};
  useEffect(() => {
    detail.value = undefined;
    error.value = undefined;
    if (id === undefined || target === undefined) {
      dialog.current?.close();
      return undefined;
    }
    if (dialog.current?.open === false) dialog.current.showModal();
    const stopping = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const found = await run.detail(target, id, planChoice(), stopping.signal);
        if (!stopping.signal.aborted) detail.value = found;
      } catch (reason) {
        if (!stopping.signal.aborted && !isAborted(reason)) error.value = reason;
      }
    };
    void look();
    return () => stopping.abort();
  }, [id, target, run]);
  const { close, deciding, onBackend } = words.value;
  return (
    <dialog ref={dialog} class="case" aria-labelledby="case-title" onClose={closeCase}>
      {open !== undefined && (
        <>
          <header>
            <h3 id="case-title">{onBackend(open.id, nameOf(open.target))}</h3>
            <button type="button" onClick={() => dialog.current?.close()}>
              {close}
            </button>
          </header>
          <div aria-live="polite">
            {error.value !== undefined && <ErrorMessage error={error.value} />}
            {detail.value === undefined && error.value === undefined && <p>{deciding}</p>}
          </div>
          {detail.value !== undefined && <CaseView target={open.target} detail={detail.value} />}
        </>
      )}
    </dialog>
  );
}
