import type { VNode } from "preact";
import { formatNumber } from "../format-number.js";
import { insideWords } from "../words.js";
import type { ColorScale } from "./color-scale.js";
import { planeAt, type Maps } from "./maps.js";
import { PlaneCanvas } from "./plane-canvas.js";

export interface MapGridProps {
  readonly maps: Maps;
  readonly scale: ColorScale;
  readonly chosen: number;
  readonly onChoose: (channel: number) => void;
}

/** Every channel that is shown, as a small image to be chosen. */
export function MapGrid({ maps, scale, chosen, onChoose }: MapGridProps): VNode {
  const words = insideWords.value;
  const channels = Array.from({ length: maps.shown }, (_, index) => index);
  const size = maps.count <= 4 ? "large" : maps.count <= 16 ? "medium" : "small";
  return (
    <ul class={`map-grid ${size}`} aria-label={words.grid}>
      {channels.map((channel) => (
        <li key={channel}>
          <button
            type="button"
            aria-pressed={channel === chosen}
            aria-label={words.channel(channel, ...rangeAt(maps, channel))}
            title={words.channel(channel, ...rangeAt(maps, channel))}
            onClick={() => onChoose(channel)}
          >
            <PlaneCanvas plane={planeAt(maps, channel)} height={maps.height} width={maps.width} scale={scale} />
            <span aria-hidden="true">{channel}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The range of one channel in words. */
export function rangeAt({ ranges }: Maps, channel: number): readonly [low: string, high: string] {
  return [formatNumber(ranges[2 * channel] ?? NaN), formatNumber(ranges[2 * channel + 1] ?? NaN)];
}
