import type { NetworkOptions, Source } from "../../model.js";

/** The networks under `d2l/` follow this book's PyTorch edition, including the keys of their parameters. */
export const DIVE_INTO_DEEP_LEARNING: Source = Object.freeze({
  authors: "Zhang, Lipton, Li and Smola",
  title: "Dive into Deep Learning",
  year: 2021,
  url: "https://d2l.ai",
});

/** Fashion-MNIST: ten classes of grey images, which the book enlarges to the size that a network needs. */
export function fashionMnist(size: number): NetworkOptions {
  return Object.freeze({ classes: 10, channels: 1, height: size, width: size });
}
