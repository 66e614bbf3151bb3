import type { VNode } from "preact";
import { backendIds, type BackendId } from "../engine/catalogue.js";
import { setState } from "../route/url-state.js";

export interface BackendSelectProps {
  readonly label: string;
  /** Its name in the address. */
  readonly name: string;
  readonly chosen: BackendId;
  readonly disabled?: boolean;
}

/** Chooses one backend. */
export function BackendSelect({ label, name, chosen, disabled = false }: BackendSelectProps): VNode {
  return (
    <label>
      {label}
      <select
        value={chosen}
        disabled={disabled}
        onChange={({ currentTarget }) => setState({ [name]: currentTarget.value })}
      >
        {backendIds.map((id) => (
          <option key={id} value={id} selected={id === chosen}>
            {id}
          </option>
        ))}
      </select>
    </label>
  );
}
