import type { OpFamily, Shape } from "@isoconv/core-spec";

/** One box of a drawing. */
export interface DrawingBox {
  /** Unique in the drawing. */
  readonly id: string;
  /** `operation`: one operation and what follows it; `block`: several, hidden inside. */
  readonly kind: "input" | "operation" | "block" | "output";
  /** The name of the input or output, or the path of the first module or node in the box. */
  readonly name: string;
  /** Paths of all modules and nodes that the box stands for; empty for an input or output. */
  readonly paths: readonly string[];
  /** How many identical blocks in a row the box stands for. */
  readonly repeats: number;
  /** What it does, such as `conv 7×7 /2, 64`. */
  readonly does: string;
  /** Activations, normalisations and dropout that an operation ends in, in order. */
  readonly followers: readonly string[];
  /** Of the operation; `null` for all else. */
  readonly family: OpFamily | null;
  readonly outputShape: Shape;
  /** Trainable scalars; a tensor that several boxes share counts at the first. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
}

/** A value on its way from one box to another, by their ids. */
export interface DrawingEdge {
  readonly from: string;
  readonly to: string;
}

/** The architecture of a network as boxes and lines, before anything is placed. */
export interface Drawing {
  readonly name: string;
  /** How many modules deep the boxes are opened. */
  readonly depth: number;
  /** In an order in which every edge leads forward. */
  readonly boxes: readonly DrawingBox[];
  readonly edges: readonly DrawingEdge[];
}
