import { readFileSync } from "node:fs";
import { readSafetensors, type StoredTensor } from "@isoconv/weights";

const path = (name: string): URL => new URL(`../data/${name}`, import.meta.url);

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path(name), "utf8"));
}

export function readTensors(name: string): ReadonlyMap<string, StoredTensor> {
  return readSafetensors(readFileSync(path(name))).tensors;
}
