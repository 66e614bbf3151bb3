import { IsoconvError, type Executable } from "@isoconv/core-spec";
import { preprocess } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/page";
import { buildNetwork } from "../../engine/network.js";
import { publishedFor } from "../../engine/published.js";
import type { Tasks } from "../../engine/protocol.js";
import { openBackend } from "../../engine/run-task.js";
import type { Handlers } from "../../engine/serve.js";

type Given = Tasks["classify"]["given"];

/** The network of this worker on its backend, kept for the next photo. */
let held: { readonly key: string; readonly executable: Promise<Executable> } | undefined;

export const classify: Handlers["classify"] = async (given, { signal, tell }) => {
  const preprocessing = publishedFor(given.network)?.preprocessing;
  if (preprocessing === undefined) {
    throw new IsoconvError("INVALID_WEIGHTS", { node: given.network.model, what: "no preprocessing is published" });
  }
  const input = preprocess(await readPicture(given.photo.name, given.photo.file), preprocessing);
  signal.throwIfAborted();
  tell({ phase: "opening" });
  const backend = await openBackend(given.backend, given.base);
  const executable = await heldExecutable(given);
  signal.throwIfAborted();
  tell({ phase: "running" });
  const { logits } = await executable.run({ input }, { signal });
  const begin = performance.now();
  await executable.run({ input }, { signal });
  return { capabilities: backend.capabilities, logits, milliseconds: performance.now() - begin };
};

async function heldExecutable(given: Given): Promise<Executable> {
  const key = `${given.backend} ${given.key}`;
  if (held?.key !== key) held = { key, executable: compile(given) };
  try {
    return await held.executable;
  } catch (error) {
    held = undefined;
    throw error;
  }
}

/** Another backend's executables end with it. */
async function compile({ backend: id, base, network: choice }: Given): Promise<Executable> {
  const backend = await openBackend(id, base);
  const { model, parameters } = await buildNetwork(choice);
  return backend.compile(model.graph, parameters);
}
