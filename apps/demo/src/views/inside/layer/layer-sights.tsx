import type { VNode } from "preact";
import { setState } from "../../../route/url-state.js";
import { chosenChannel, isStretched, sight, sights } from "../inside-state.js";
import { Legend } from "../maps/legend.js";
import { MapGrid } from "../maps/map-grid.js";
import type { Maps } from "../maps/maps.js";
import { insideWords } from "../words.js";
import { ChannelDetail } from "./channel-detail.js";
import { sightMaps } from "./sight-maps.js";
import type { Layer } from "./use-layer.js";
import { VectorBars } from "./vector-bars.js";

/** The values of a layer as images or bars: of A, of B, or a difference. */
export function LayerSights({ layer: { first, comparison, showMore } }: { readonly layer: Layer }): VNode {
  const words = insideWords.value;
  const seen = sightMaps(sight.value, first.result, comparison.result, isStretched.value);
  const isShare = sight.value !== "a" && sight.value !== "b";
  return (
    <div class="sights">
      <fieldset class="plain">
        <legend>{words.sight}</legend>
        {sights.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="inside-sight"
              checked={each === sight.value}
              onChange={() => setState({ show: each })}
            />
            {words.sights[each]}
          </label>
        ))}
        <label>
          <input
            type="checkbox"
            disabled={!isShare}
            checked={isStretched.value}
            onChange={({ currentTarget }) => setState({ stretch: currentTarget.checked ? "1" : undefined })}
          />
          {words.stretch}
        </label>
      </fieldset>
      {seen !== undefined && (
        <>
          <div class="map-head">
            <span>{countOf(seen.maps)}</span>
            {seen.maps.kind === "planes" && <Legend scale={seen.scale} hasLoud={seen.maps.wild > 0} />}
            {seen.maps.wild > 0 && (
              <span class="bad">{isShare ? words.wildShares(seen.maps.wild) : words.wild(seen.maps.wild)}</span>
            )}
          </div>
          {seen.maps.kind === "vector" ? (
            <VectorBars
              seen={seen}
              label={words.sights[sight.value]}
              first={first.result}
              comparison={comparison.result}
            />
          ) : (
            <>
              <MapGrid
                {...seen}
                chosen={chosenChannel.value}
                onChoose={(channel) => setState({ channel: String(channel) })}
              />
              <ChannelDetail
                channel={Math.min(chosenChannel.value, seen.maps.shown - 1)}
                first={first.result}
                comparison={comparison.result}
              />
            </>
          )}
          {seen.maps.shown < seen.maps.count && (
            <button type="button" disabled={first.isBusy} onClick={showMore}>
              {words.more}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function countOf({ kind, shown, count, height, width }: Maps): string {
  const words = insideWords.value;
  return kind === "vector" ? words.numbers(shown, count) : words.maps(shown, count, height, width);
}
