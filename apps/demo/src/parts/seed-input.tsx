import type { VNode } from "preact";
import { seedOf } from "./subject.js";
import { subjectWords } from "./subject-words.js";

export interface SeedInputProps {
  readonly seed: number;
  readonly disabled?: boolean;
  readonly onChange: (seed: number) => void;
}

/** Chooses the seed of random weights. */
export function SeedInput({ seed, disabled = false, onChange }: SeedInputProps): VNode {
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
          const asked = seedOf(`seed:${currentTarget.value}`);
          onChange(asked);
          // Restores the seed if the text is not one.
          currentTarget.value = String(asked);
        }}
      />
    </label>
  );
}
