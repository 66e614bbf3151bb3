import { argmax } from "@isoconv/judge";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { onColorScheme } from "../../../parts/color-scheme.js";
import { formatNumber } from "../format-number.js";
import { insideWords } from "../words.js";
import { paintSoon } from "./paint-queue.js";

export interface BarsProps {
  readonly values: Float32Array;
  /** The ends of the axis, which includes zero. */
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

const HEIGHT = 160;
const WIDTH = 720;

/** Numbers as bars from zero. */
export function Bars({ values, low, high, label }: BarsProps): VNode {
  const ref = useRef<HTMLCanvasElement>(null);
  const words = insideWords.value;
  const step = Math.max(2, Math.min(40, Math.floor(WIDTH / Math.max(1, values.length))));
  const width = step * values.length;
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    const soon = (): (() => void) => paintSoon(canvas, () => paint(canvas, { values, low, high, step }));
    const [stop, forget] = [soon(), onColorScheme(soon)];
    return () => {
      stop();
      forget();
    };
  }, [values, low, high, step]);
  const largest = Math.max(0, argmax(values));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.barsScroll}>
      <canvas
        ref={ref}
        class="bars"
        width={width}
        height={HEIGHT}
        style={{ width: `${width}px`, height: `${HEIGHT}px` }}
        role="img"
        aria-label={`${label}: ${words.bars(formatNumber(low), formatNumber(high), largest)}`}
      />
    </div>
  );
}

interface Bared extends Pick<BarsProps, "values" | "low" | "high"> {
  /** Distance from one bar to the next in pixels. */
  readonly step: number;
}

function paint(canvas: HTMLCanvasElement, { values, low, high, step }: Bared): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const yOf = (value: number): number => ((high - value) / (high - low || 1)) * (HEIGHT - 2) + 1;
  const { color, borderColor } = getComputedStyle(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  for (const [index, value] of values.entries()) {
    const [from, to] = [yOf(0), yOf(Math.max(low, Math.min(high, value)))];
    context.fillRect(index * step, Math.min(from, to), Math.max(1, step - 1), Math.max(0.5, Math.abs(to - from)));
  }
  context.fillStyle = borderColor;
  context.fillRect(0, yOf(0) - 0.5, canvas.width, 1);
}
