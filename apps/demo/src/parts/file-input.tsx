import type { VNode } from "preact";
import { useDropTarget } from "./drop-target.js";
import "./file-input.css";

export interface FileInputProps {
  readonly label: string;
  readonly accept: string;
  /** Whether several files may be chosen together; otherwise the first one counts. */
  readonly isMultiple?: boolean;
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
}

/** An input to choose files with or to drop them on. */
export function FileInput({ label, accept, isMultiple = false, onFiles }: FileInputProps): VNode {
  const give = (files: Iterable<File>): void => {
    const [first, ...others] = files;
    if (first !== undefined) onFiles(isMultiple ? [first, ...others] : [first]);
  };
  const { isOver, ...handlers } = useDropTarget(give);
  return (
    <label class={isOver ? "drop over" : "drop"} {...handlers}>
      {label}
      <input
        type="file"
        accept={accept}
        multiple={isMultiple}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // Allows the same file to be chosen again after a change.
          currentTarget.value = "";
          give(files);
        }}
      />
    </label>
  );
}
