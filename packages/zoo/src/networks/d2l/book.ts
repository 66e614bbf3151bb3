import type { NetworkOptions, Source } from "../../model.js";

/** The networks under `d2l/` are built as this book's PyTorch edition builds them, keys included. */
export const DIVE_INTO_DEEP_LEARNING: Source = Object.freeze({
  authors: "Zhang, Lipton, Li and Smola",
  title: "Dive into Deep Learning",
  year: 2021,
  url: "https://d2l.ai",
});

/** Fashion-MNIST: ten classes of grey images, which the book enlarges to what a network needs. */
export function fashionMnist(size: number): NetworkOptions {
  return Object.freeze({ classes: 10, channels: 1, height: size, width: size });
}
