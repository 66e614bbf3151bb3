import { useState } from "preact/hooks";

export interface DropTarget {
  readonly isOver: boolean;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Lets files be dropped on an element. Spread everything but `isOver` on the element. */
export function useDropTarget(onFiles: (files: Iterable<File>) => void): DropTarget {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    onDragOver(event) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event) {
      event.preventDefault();
      setOver(false);
      onFiles(event.dataTransfer?.files ?? []);
    },
  };
}
