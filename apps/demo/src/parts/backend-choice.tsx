import type { VNode } from "preact";
import { backendIds, isBackendId, type BackendId } from "../engine/catalogue.js";
import "./backend-choice.css";

/** The backends in the address, in the catalogue's order; unknown ids are dropped. */
export function backendsOf(text: string): readonly BackendId[] {
  const named = new Set(text.split(",").filter(isBackendId));
  return backendIds.filter((id) => named.has(id));
}

export interface BackendChoiceProps {
  readonly label: string;
  readonly chosen: readonly BackendId[];
  readonly disabled: boolean;
  readonly onChange: (chosen: readonly BackendId[]) => void;
}

/** A check box for every backend that a browser may support. */
export function BackendChoice({ label, chosen, disabled, onChange }: BackendChoiceProps): VNode {
  return (
    <fieldset class="choice" disabled={disabled}>
      <legend>{label}</legend>
      {backendIds.map((id) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(backendIds.filter((each) => (each === id ? checked : chosen.includes(each))))
            }
          />
          {id}
        </label>
      ))}
    </fieldset>
  );
}
