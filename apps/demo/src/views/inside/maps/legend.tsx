import type { VNode } from "preact";
import { formatNumber } from "../format-number.js";
import { insideWords } from "../words.js";
import { gradientOf, type ColorScale } from "./color-scale.js";

export interface LegendProps {
  readonly scale: ColorScale;
  /** Whether any value has the warning colour. */
  readonly hasLoud: boolean;
}

/** The legend of a colour scale. */
export function Legend({ scale, hasLoud }: LegendProps): VNode {
  const words = insideWords.value;
  const { low, high, kind, outside } = scale;
  return (
    <p class="legend">
      <span class="visually-hidden">{words.legend}: </span>
      <span>{formatNumber(low)}</span>
      <span class="strip" style={{ background: gradientOf(scale) }}>
        {kind === "diverging" && <span class="zero">0</span>}
      </span>
      <span>{formatNumber(high)}</span>
      {(outside !== undefined || hasLoud) && (
        <span class="loud">
          <span class="swatch" aria-hidden="true" />
          {outside === undefined ? words.notFinite : words.beyondLimit}
        </span>
      )}
    </p>
  );
}
