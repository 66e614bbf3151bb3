import type { Sight } from "../inside-state.js";
import type { ComparisonResult, LayerResult } from "../inside-tasks.js";
import { scaleOf, symmetric, type ColorScale } from "../maps/color-scale.js";
import type { Maps } from "../maps/maps.js";

/** The maps to show and their colour scale. */
export interface SightMaps {
  readonly maps: Maps;
  readonly scale: ColorScale;
}

/**
 * The maps of a sight, if they have arrived. The values of both backends share one colour scale. The scale of shares ends
 * at the limit or, if stretched, at the largest share of all.
 */
export function sightMaps(
  sight: Sight,
  first: LayerResult | undefined,
  comparison: ComparisonResult | undefined,
  isStretched: boolean,
): SightMaps | undefined {
  const maps = mapsOfSight(sight, first, comparison);
  if (maps === undefined) return undefined;
  if (sight === "a" || sight === "b") {
    const both = [first?.maps ?? maps, comparison?.b ?? maps];
    const scale = scaleOf(Math.min(...both.map(({ low }) => low)), Math.max(...both.map(({ high }) => high)));
    return { maps, scale };
  }
  const shares = Object.values(comparison?.shares ?? {});
  const most = Math.max(...shares.flatMap(({ low, high }) => [-low, high]));
  const isUsable = isStretched && most > 0 && Number.isFinite(most);
  return { maps, scale: symmetric(isUsable ? most : 1, true) };
}

function mapsOfSight(
  sight: Sight,
  first: LayerResult | undefined,
  comparison: ComparisonResult | undefined,
): Maps | undefined {
  switch (sight) {
    case "a":
      return first?.maps;
    case "b":
      return comparison?.b;
    case "between":
      return comparison?.shares.between;
    case "errorA":
      return comparison?.shares.a;
    case "errorB":
      return comparison?.shares.b;
  }
}
