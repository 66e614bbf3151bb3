import type { VNode } from "preact";
import { formatRange } from "../format-number.js";
import { backendA, backendB, isStretched, sights, type Sight } from "../inside-state.js";
import type { ComparisonResult, LayerResult } from "../inside-tasks.js";
import { Legend } from "../maps/legend.js";
import { channelName } from "../maps/map-grid.js";
import { rangeAt } from "../maps/maps.js";
import { PlaneCanvas } from "../maps/plane-canvas.js";
import { insideWords } from "../words.js";
import { sightMaps } from "./sight-maps.js";

export interface ChannelDetailProps {
  readonly channel: number;
  readonly first: LayerResult | undefined;
  readonly comparison: ComparisonResult | undefined;
}

/** Values have one colour scale and shares another. */
const legends = ["a", "between"] as const;

/** One channel enlarged: on both backends, with the differences from each other and from the oracle. */
export function ChannelDetail(props: ChannelDetailProps): VNode {
  const words = insideWords.value;
  return (
    <section class="channel" aria-labelledby="inside-channel">
      <h4 id="inside-channel">{words.channelTitle(props.channel)}</h4>
      <div class="map-head">
        {legends.map((sight) => {
          const seen = sightMaps(sight, props.first, props.comparison, isStretched.value);
          return seen && <Legend key={sight} scale={seen.scale} hasLoud={seen.maps.wild > 0} />;
        })}
      </div>
      <div class="channel-figures">
        {sights.map((sight) => (
          <ChannelFigure key={sight} sight={sight} {...props} />
        ))}
      </div>
    </section>
  );
}

function ChannelFigure({ sight, channel, first, comparison }: ChannelDetailProps & { readonly sight: Sight }): VNode {
  const words = insideWords.value;
  const seen = sightMaps(sight, first, comparison, isStretched.value);
  const isShown = seen !== undefined && channel < seen.maps.shown;
  const backend = sight === "a" ? `: ${backendA.value}` : sight === "b" ? `: ${backendB.value}` : "";
  const name = `${words.sights[sight]}${backend}`;
  return (
    <figure>
      <div class="frame" role="img" aria-label={isShown ? `${name}, ${channelName(seen.maps, channel)}` : name}>
        {isShown && <PlaneCanvas planes={seen.maps} index={channel} scale={seen.scale} />}
      </div>
      <figcaption>
        {name}
        <span class="faint">{isShown ? formatRange(...rangeAt(seen.maps, channel)) : "\u00a0"}</span>
      </figcaption>
    </figure>
  );
}
