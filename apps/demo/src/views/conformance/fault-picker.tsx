import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Engine } from "../../engine/engine.js";
import { isAborted } from "../../engine/plain-error.js";
import { ErrorMessage } from "../../parts/error-message.js";
import { chooseFault, chosenFault } from "./suite-state.js";
import type { FaultLine } from "./suite-tasks.js";
import { words } from "./words.js";

/** The suite's faulty backends; their list is fetched when somebody reaches for it, or the address names one. */
export function FaultPicker({ disabled }: { readonly disabled: boolean }): VNode {
  const faults = useSignal<readonly FaultLine[] | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const wanted = useSignal(false);
  const chosen = chosenFault();
  const isWanted = wanted.value || chosen !== "";
  useEffect(() => {
    if (!isWanted) return undefined;
    const engine = new Engine();
    engine
      .call("faults", undefined)
      .then(
        (lines) => (faults.value = lines),
        (reason: unknown) => (error.value = isAborted(reason) ? undefined : reason),
      )
      .finally(() => engine.end());
    return () => engine.end();
  }, [isWanted]);
  const { fault, noFault, faultHint } = words.value;
  const current = faults.value?.find(({ name }) => name === chosen);
  return (
    <div class="fault">
      <label>
        {fault}
        <select
          value={chosen}
          disabled={disabled}
          aria-describedby="fault-hint"
          onFocus={() => (wanted.value = true)}
          onPointerEnter={() => (wanted.value = true)}
          onChange={({ currentTarget }) => chooseFault(faults.value?.find(({ name }) => name === currentTarget.value))}
        >
          <option value="">{noFault}</option>
          {current === undefined && chosen !== "" && <option value={chosen}>{chosen}</option>}
          {groupsOf(faults.value ?? []).map(({ label, lines }) => (
            <optgroup key={label} label={label}>
              {lines.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <p id="fault-hint" class="faint">
        {current === undefined ? faultHint : <span lang="en">{current.bug}</span>}
      </p>
      {error.value !== undefined && <ErrorMessage error={error.value} />}
    </div>
  );
}

/** By the operation they are of. */
function groupsOf(
  faults: readonly FaultLine[],
): readonly { readonly label: string; readonly lines: readonly FaultLine[] }[] {
  const groups = new Map<string, FaultLine[]>();
  for (const fault of faults) {
    const label = fault.ops.length === 0 ? words.value.otherFaults : fault.ops.join(", ");
    groups.set(label, [...(groups.get(label) ?? []), fault]);
  }
  return [...groups].map(([label, lines]) => ({ label, lines }));
}
