import type { VNode } from "preact";
import { useDropTarget } from "./drop-target.js";
import "./file-input.css";

export interface FileInputProps {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** A place to drop a file on, or to choose one with. */
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
          // The same file may be chosen again after it was mended.
          currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}
