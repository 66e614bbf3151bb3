import type { Capabilities } from "@isoconv/core-spec";
import { words } from "../i18n/language.js";

/** A backend's runtime and either its GPU by name, since some are software, or its number of threads. */
export function runtimeText({ runtime, device, adapter, threads }: Capabilities): string {
  const place = device === "gpu" ? (adapter ?? "GPU") : words.value.threads(threads);
  return `${runtime.name} ${runtime.version}, ${place}`;
}
