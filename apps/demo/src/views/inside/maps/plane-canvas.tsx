import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { colorAt, type ColorScale } from "./color-scale.js";
import { planeAt, type Planes } from "./maps.js";
import { paintSoon } from "./paint-queue.js";

export interface PlaneCanvasProps {
  readonly planes: Planes;
  /** Index of the plane. */
  readonly index: number;
  readonly scale: ColorScale;
}

/** One plane as an image with one pixel for each element. The elements around it provide the accessible name. */
export function PlaneCanvas({ planes: { data, height, width }, index, scale }: PlaneCanvasProps): VNode {
  const ref = useRef<HTMLCanvasElement>(null);
  const { low, high, kind, outside } = scale;
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    return paintSoon(canvas, () => {
      const plane = planeAt({ data, height, width }, index);
      const image = new ImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      for (let i = 0; i < pixels.length; i += 1) pixels[i] = colorAt(scale, plane[i] ?? NaN);
      canvas.getContext("2d")?.putImageData(image, 0, 0);
    });
  }, [data, index, height, width, low, high, kind, outside]);
  return <canvas ref={ref} class="plane" width={width} height={height} aria-hidden="true" />;
}
