import { initParameters } from "@isoconv/nn";
import { writeSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { afterEach, expect, it, vi } from "vitest";
import { checkpoint } from "./checkpoint-task.js";

afterEach(() => {
  vi.restoreAllMocks();
});

it("tells how much of a large file is read, and what it fits", async () => {
  let milliseconds = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (milliseconds += 1000));
  const bytes = writeSafetensors(initParameters(createModel("d2l/lenet").parameters, { seed: 1 }));
  const file = new Blob([Uint8Array.from(bytes)]);
  const told: { readonly loaded: number; readonly total: number }[] = [];
  const result = await checkpoint(
    { wanted: { model: "d2l/lenet" }, files: [{ name: "a.safetensors", file }] },
    {
      signal: new AbortController().signal,
      tell: (event) => void told.push(event),
      move: () => undefined,
    },
  );
  expect(result).toMatchObject({ model: "d2l/lenet", counts: { classes: 10, channels: 1 } });
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toEqual({ loaded: bytes.byteLength, total: bytes.byteLength });
  for (const { loaded, total } of told) expect(loaded).toBeLessThanOrEqual(total);
});
