import type { Capabilities } from "@isoconv/core-spec";
import { words } from "../i18n/language.js";

/** What a backend runs on: its runtime, and the GPU by its name, since some are software, or the number of threads. */
export function runtimeText({ runtime, device, adapter, threads }: Capabilities): string {
  const place = device === "gpu" ? (adapter ?? "GPU") : words.value.threads(threads);
  return `${runtime.name} ${runtime.version}, ${place}`;
}
