import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { ErrorMessage } from "../../parts/error-message.js";
import { useAnswer } from "../../parts/use-answer.js";
import { chooseFault, chosenFault } from "./suite-state.js";
import type { FaultLine } from "./suite-tasks.js";
import { words } from "./words.js";

/** The suite's faulty backends. The list is fetched when the control gets focus or the address names a fault. */
export function FaultPicker({ disabled }: { readonly disabled: boolean }): VNode {
  const wanted = useSignal(false);
  const chosen = chosenFault();
  const { result: faults = [], error } = useAnswer("faults", undefined, wanted.value || chosen !== "");
  const { fault, noFault, faultHint } = words.value;
  const current = faults.find(({ name }) => name === chosen);
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
          onChange={({ currentTarget }) => chooseFault(faults.find(({ name }) => name === currentTarget.value))}
        >
          <option value="">{noFault}</option>
          {current === undefined && chosen !== "" && <option value={chosen}>{chosen}</option>}
          {groupsOf(faults).map(({ label, lines }) => (
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
      {error !== undefined && <ErrorMessage error={error} />}
    </div>
  );
}

/** Grouped by operation. */
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
