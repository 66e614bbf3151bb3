import type { VNode } from "preact";
import { setState } from "../route/url-state.js";
import { seedOf } from "./subject.js";
import { subjectWords } from "./subject-words.js";

export interface SeedInputProps {
  readonly seed: number;
  readonly disabled?: boolean;
}

/** Chooses the seed of random weights. */
export function SeedInput({ seed, disabled = false }: SeedInputProps): VNode {
  return (
    <label>
      {subjectWords.value.seed}
      <input
        type="number"
        min={0}
        max={999_999_999}
        step={1}
        value={seed}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const weights = `seed:${currentTarget.value}`;
          setState({ weights });
          // What is no seed is not kept in sight either.
          currentTarget.value = String(seedOf(weights));
        }}
      />
    </label>
  );
}
