import { argmax } from "@isoconv/judge";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { backends } from "./backends.js";
import { chosen, machineLine } from "./machine.js";

/**
 * Runs 1,000 compile–run–dispose cycles of LeNet on every backend. Resident memory is read after a garbage collection
 * every 100 cycles; a leak would show as a slope over the second half.
 */
const CYCLES = 1000;
const SAMPLE_EVERY = 100;

const model = createModel("d2l/lenet");
const parameters = initParameters(model.parameters, { seed: 1 });
const shape = [1, 1, 28, 28];
const input = float32(shape, uniform(1, "input", elementCount(shape), 0, 1));

function residentMebibytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}

console.log(`${machineLine()}; ${CYCLES} cycles of ${model.name} (its parameters are 0.24 MiB)\n`);
console.log(
  "backend     buffers  bytes   resident MiB after 100, 200, … cycles                     KiB a cycle, second half",
);
for (const id of chosen(Object.keys(backends))) {
  const backend = await backends[id]?.();
  if (backend === undefined) continue;
  const samples: number[] = [];
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    const executable = await backend.compile(model.graph, parameters);
    const { logits } = await executable.run({ input });
    if (logits === undefined || argmax(logits.data) < 0) throw new Error(`${id} returned nothing`);
    await executable.dispose();
    if (cycle % SAMPLE_EVERY === 0) samples.push(residentMebibytes());
  }
  const { buffers, bytes } = backend.memory();
  await backend.dispose();
  const half = samples.slice(samples.length / 2);
  const slope = (((half.at(-1) ?? 0) - (half[0] ?? 0)) * 1024) / (SAMPLE_EVERY * (half.length - 1));
  console.log(
    [
      id.padEnd(10),
      String(buffers).padStart(7),
      String(bytes).padStart(6),
      samples
        .map((mib) => mib.toFixed(0))
        .join(" ")
        .padEnd(52),
      slope.toFixed(2).padStart(8),
    ].join("  "),
  );
}
