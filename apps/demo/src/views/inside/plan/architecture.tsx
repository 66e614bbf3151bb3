import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { insideWords } from "../words.js";
import type { Plan } from "./plan.js";

export interface ArchitectureProps {
  readonly plan: Plan;
  /** The chosen node, if the network has it. */
  readonly node: string | undefined;
  readonly onChoose: (node: string) => void;
}

/** The drawing of the network. Boxes can be clicked; arrow keys move between them. */
export function Architecture({ plan, node, onChoose }: ArchitectureProps): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const words = insideWords.value;
  const chosen = plan.nodes.find(({ name }) => name === node)?.box;
  useEffect(() => {
    for (const box of boxesIn(frame.current, plan)) {
      box.setAttribute("role", "button");
      box.setAttribute("aria-label", wordsOf(box));
      // Separates the lines of a box for screen readers.
      for (const line of box.querySelectorAll("text")) line.after(" ");
    }
    // With the role of an image, the boxes would be hidden from screen readers.
    const svg = frame.current?.querySelector("svg");
    svg?.setAttribute("role", "group");
  }, [plan.svg]);
  useEffect(() => {
    const boxes = boxesIn(frame.current, plan);
    for (const [index, box] of boxes.entries()) {
      const isChosen = idOf(box) === chosen;
      box.setAttribute("aria-pressed", String(isChosen));
      box.setAttribute("tabindex", isChosen || (chosen === undefined && index === 0) ? "0" : "-1");
      if (isChosen) showWithin(frame.current, box);
    }
  }, [plan.svg, chosen]);
  const choose = (target: EventTarget | null): void => {
    const next = plan.boxes.get(idOf(boxOf(target)));
    if (next !== undefined) onChoose(next);
  };
  return (
    <div
      ref={frame}
      class="scroll architecture"
      tabIndex={0}
      role="region"
      aria-label={words.architectureScroll}
      onClick={({ target }) => choose(target)}
      onKeyDown={(event) => {
        if (boxOf(event.target) === null) return;
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose(event.target);
        }
        walk(event, boxesIn(frame.current, plan));
      }}
      // renderSvg escapes every name it writes.
      dangerouslySetInnerHTML={{ __html: plan.svg }}
    />
  );
}

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index) => index + 1,
  ArrowDown: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Moves the focus from box to box. Only one box is in the tab order. */
function walk(event: KeyboardEvent, boxes: readonly Element[]): void {
  const from = boxOf(event.target);
  const step = steps[event.key];
  const next = from === null || step === undefined ? undefined : boxes[step(boxes.indexOf(from), boxes.length)];
  if (!(next instanceof SVGElement)) return;
  event.preventDefault();
  for (const box of boxes) box.setAttribute("tabindex", box === next ? "0" : "-1");
  next.focus();
}

function boxesIn(frame: Element | null, { boxes }: Plan): readonly Element[] {
  return [...(frame?.querySelectorAll("[data-box]") ?? [])].filter((box) => boxes.has(idOf(box)));
}

function boxOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[data-box]") : null;
}

function idOf(box: Element | null): string {
  return box?.getAttribute("data-box") ?? "";
}

/** A box's accessible name: its text, then its title. The title alone would not name the operation. */
function wordsOf(box: Element): string {
  const [title, ...written] = [...box.querySelectorAll("title, text")].map(({ textContent }) => textContent);
  return [...written, title].join(", ");
}

/** Scrolls the drawing without scrolling the page. */
function showWithin(frame: HTMLElement | null, box: Element): void {
  if (frame === null) return;
  const [outer, inner] = [frame.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom)
    return;
  frame.scrollBy({
    left: inner.left + inner.width / 2 - outer.left - outer.width / 2,
    top: inner.top + inner.height / 2 - outer.top - outer.height / 2,
  });
}
