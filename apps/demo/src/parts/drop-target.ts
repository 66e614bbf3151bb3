import { useState } from "preact/hooks";

export interface DropTarget {
  readonly isOver: boolean;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Lets a file be dropped on an element. Spread everything but `isOver` on the element. */
export function useDropTarget(onFile: (file: File) => void): DropTarget {
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
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) onFile(file);
    },
  };
}
