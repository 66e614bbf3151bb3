import { backendIds, type BackendId } from "../../engine/catalogue.js";

/** A backend's line style: colour, and dashes for readers who cannot distinguish the colours. */
export interface Series {
  /** A custom property of the style sheet. */
  readonly color: string;
  readonly dash: readonly number[];
}

/** As many as the style sheet has colours. */
const dashes = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 2], [2, 2, 8, 2], [16, 4]] as const;

/** Each of more backends than there are colours has a pair of colour and dashes that no other has. */
export function seriesOf(id: BackendId): Series {
  const index = backendIds.indexOf(id);
  const round = Math.floor(index / dashes.length);
  return { color: `var(--series-${index % dashes.length})`, dash: dashes[(index + round) % dashes.length] ?? [] };
}
