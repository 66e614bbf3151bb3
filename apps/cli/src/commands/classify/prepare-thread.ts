import { parentPort, workerData } from "node:worker_threads";
import { isArrayBuffer } from "@isoconv/core-spec";
import type { Preprocessing } from "@isoconv/zoo";
import { preparePicture, type PreparedPicture } from "./prepare-picture.js";

/** A picture to prepare, by its place among all. */
export interface ThreadJob {
  readonly index: number;
  readonly path: string;
}

export interface ThreadAnswer {
  readonly index: number;
  readonly prepared: PreparedPicture;
}

/** The script of a thread that prepares pictures. What is wrong with more than a file ends it. */
parentPort?.on("message", ({ index, path }: ThreadJob) => void answer(index, path));

async function answer(index: number, path: string): Promise<void> {
  const prepared = await preparePicture(path, workerData as Preprocessing);
  const buffer = "input" in prepared ? prepared.input.data.buffer : undefined;
  parentPort?.postMessage({ index, prepared } satisfies ThreadAnswer, isArrayBuffer(buffer) ? [buffer] : []);
}
