import { nextTask } from "@isoconv/core-spec";
import { createModel, modelSummary } from "@isoconv/zoo";
import type { Handlers } from "../../engine/serve.js";
import { figuresOf, type Figures } from "./figures.js";

/** Limits how often figures are sent: the page redraws the table for every message. */
const EVERY_MILLISECONDS = 200;

export const zooFigures: Handlers["zooFigures"] = async ({ models }, { signal, tell }) => {
  let untold = new Map<string, Figures>();
  let next = performance.now();
  for (const model of models) {
    // Lets an abort in.
    await nextTask();
    signal.throwIfAborted();
    untold.set(model, figuresOf(modelSummary(createModel(model))));
    if (performance.now() < next) continue;
    tell(untold);
    untold = new Map();
    next = performance.now() + EVERY_MILLISECONDS;
  }
  tell(untold);
};
