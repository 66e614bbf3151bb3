import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { choosePicture, clearPicture, picture } from "./subject.js";
import { subjectWords } from "./subject-words.js";

const SIDE = 280;
const PEN = 22;

/** A square to draw on, white on black as in Fashion-MNIST. */
export function DrawingPad(): VNode {
  const words = subjectWords.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);

  useLayoutEffect(() => {
    const context = contextOf(canvas.current);
    const drawn = picture.peek();
    if (drawn === undefined) blacken(context);
    else context?.putImageData(new ImageData(drawn.data, drawn.width, drawn.height), 0, 0);
  }, []);

  const draw = (event: PointerEvent): void => {
    const context = contextOf(canvas.current);
    const from = last.current;
    if (context === undefined || from === undefined) return;
    const to = placeOf(event, context.canvas);
    last.current = to;
    stroke(context, from, to);
  };
  const begin = (event: PointerEvent): void => {
    const { current } = canvas;
    if (current === null || event.button !== 0) return;
    current.setPointerCapture(event.pointerId);
    last.current = placeOf(event, current);
    draw(event);
  };
  const end = (): void => {
    if (last.current === undefined) return;
    last.current = undefined;
    const drawn = contextOf(canvas.current)?.getImageData(0, 0, SIDE, SIDE);
    if (drawn !== undefined) choosePicture("draw", { width: SIDE, height: SIDE, data: drawn.data });
  };
  const clear = (): void => {
    blacken(contextOf(canvas.current));
    clearPicture();
  };
  return (
    <div class="drawing">
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={words.drawing}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <button type="button" onClick={clear}>
        {words.clear}
      </button>
    </div>
  );
}

function contextOf(canvas: HTMLCanvasElement | null): CanvasRenderingContext2D | undefined {
  return canvas?.getContext("2d", { willReadFrequently: true }) ?? undefined;
}

function blacken(context: CanvasRenderingContext2D | undefined): void {
  if (context === undefined) return;
  context.fillStyle = "#000";
  context.fillRect(0, 0, SIDE, SIDE);
}

function stroke(
  context: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  context.strokeStyle = "#fff";
  context.lineWidth = PEN;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** The position in pixels of the canvas, which may be displayed at another size. */
function placeOf({ clientX, clientY }: PointerEvent, canvas: HTMLCanvasElement): readonly [number, number] {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [((clientX - left) / width) * canvas.width, ((clientY - top) / height) * canvas.height];
}
