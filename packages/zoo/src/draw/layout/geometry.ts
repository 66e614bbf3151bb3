/** The size of a box to place. */
export interface BoxSize {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** The position of a box: `x` and `y` are its top left corner. */
export interface PlacedBox extends BoxSize {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A piece of a wire: a straight line in the direction of the drawing, or a curve that starts and ends in that
 * direction.
 */
export interface WirePiece {
  readonly from: Point;
  readonly to: Point;
  /** Whether it ends at a box. */
  readonly arrives: boolean;
}

/** The line from one value to all boxes that read it; it may fork. */
export interface Wire {
  readonly from: string;
  readonly to: readonly string[];
  readonly pieces: readonly WirePiece[];
}

/** The direction of the drawing. */
export type Direction = "down" | "right";

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly wires: readonly Wire[];
}
