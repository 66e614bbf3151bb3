import type { OpFamily, Shape } from "@isoconv/core-spec";

/** One box of a drawing. */
export interface DrawingBox {
  /** Unique in the drawing. */
  readonly id: string;
  /**
   * `operation`: one operation with the activations and the like after it; `block`: several operations, hidden inside.
   */
  readonly kind: "input" | "operation" | "block" | "output";
  /** The name of the input or output, or the path of the first module or node in the box. */
  readonly name: string;
  /** Paths of all modules and nodes in the box; empty for an input or output. */
  readonly paths: readonly string[];
  /** The number of consecutive identical blocks in the box. */
  readonly repeats: number;
  /** What it does, for example `conv 7×7 /2, 64`. */
  readonly does: string;
  /** Activations, normalisations and dropout at the end of an operation, in order. */
  readonly followers: readonly string[];
  /** The family of the operation; `null` for other boxes. */
  readonly family: OpFamily | null;
  readonly outputShape: Shape;
  /** Trainable scalars; a tensor shared by several boxes counts in the first. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
}

/** A value from one box to another, by their ids. */
export interface DrawingEdge {
  readonly from: string;
  readonly to: string;
}

/** The architecture of a network as boxes and lines, without positions. */
export interface Drawing {
  readonly name: string;
  /** The number of opened levels of modules. */
  readonly depth: number;
  /** Boxes in an order in which every edge leads forward. */
  readonly boxes: readonly DrawingBox[];
  readonly edges: readonly DrawingEdge[];
}
