import type { VNode } from "preact";
import { useDropTarget } from "./drop-target.js";
import "./file-input.css";

export interface FileInputProps {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** An input to choose a file with or to drop one on. */
export function FileInput({ label, accept, onFile }: FileInputProps): VNode {
  const { isOver, ...handlers } = useDropTarget(onFile);
  return (
    <label class={isOver ? "drop over" : "drop"} {...handlers}>
      {label}
      <input
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Allows the same file to be chosen again after a change.
          currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}
