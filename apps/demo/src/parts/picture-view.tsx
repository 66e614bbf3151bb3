import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Picture } from "./picture.js";

export interface PictureViewProps {
  readonly picture: Picture;
  /** Alternative text; absent if the text beside the picture is enough. */
  readonly label?: string;
}

/** A picture, pixel by pixel. The style sheet sets its size. */
export function PictureView({ picture, label }: PictureViewProps): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { data, width, height } = picture;
    canvas.current?.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [picture]);
  const named = label === undefined ? { "aria-hidden": true } : { role: "img" as const, "aria-label": label };
  return <canvas ref={canvas} class="picture" width={picture.width} height={picture.height} {...named} />;
}
