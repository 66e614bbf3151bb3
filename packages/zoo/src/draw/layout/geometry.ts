/** A box to place: how large it is. */
export interface BoxSize {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A box's place: `x` and `y` are its top left corner. */
export interface PlacedBox extends BoxSize {
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A piece of a wire: straight along the direction of the drawing, or a curve that begins and ends in that direction. */
export interface WirePiece {
  readonly from: Point;
  readonly to: Point;
  /** Whether it ends at a box. */
  readonly arrives: boolean;
}

/** One value on its way to all boxes that take it: a line that forks. */
export interface Wire {
  readonly from: string;
  readonly to: readonly string[];
  readonly pieces: readonly WirePiece[];
}

/** Which way values flow. */
export type Direction = "down" | "right";

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly wires: readonly Wire[];
}
