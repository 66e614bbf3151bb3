import type { VNode } from "preact";
import { formatNumber } from "../format-number.js";
import { insideWords } from "../words.js";
import type { ColorScale } from "./color-scale.js";
import { rangeAt, type Maps } from "./maps.js";
import { PlaneCanvas } from "./plane-canvas.js";

export interface MapGridProps {
  readonly maps: Maps;
  readonly scale: ColorScale;
  readonly chosen: number;
  readonly onChoose: (channel: number) => void;
}

/** The shown channels as small images; a click chooses one. */
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
            aria-label={channelName(maps, channel)}
            title={channelName(maps, channel)}
            onClick={() => onChoose(channel)}
          >
            <PlaneCanvas planes={maps} index={channel} scale={scale} />
            <span aria-hidden="true">{channel}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A text with a channel's number and range. */
export function channelName(maps: Maps, channel: number): string {
  const words = insideWords.value;
  const [low, high] = rangeAt(maps, channel);
  return low <= high
    ? words.channel(channel, formatNumber(low), formatNumber(high))
    : words.channelOfNothing(words.channelTitle(channel));
}
