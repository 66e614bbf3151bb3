import { readFileSync } from "node:fs";
import { judgeEndToEnd, referenceResults } from "@isoconv/conformance";
import { elementCount, float32, uniform } from "@isoconv/core-spec";
import { initParameters } from "@isoconv/nn";
import { readSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { backends } from "./backends.js";
import { chosen, machineLine } from "./machine.js";

/** Every PyTorch model golden, at full size too, on every backend: deviation from PyTorch's float64 logits. */
interface Golden {
  readonly id: string;
  readonly model: string;
  readonly inputShape: readonly number[];
  readonly seed: number;
}

const fixture = (file: string): Buffer => readFileSync(new URL(`../../fixtures/golden/${file}`, import.meta.url));
const goldens = JSON.parse(fixture("models.json").toString()) as Golden[];
const results = readSafetensors(fixture("models.safetensors"));

console.log(`${machineLine()}\n`);
console.log("golden                    noise floor  backend     deviation  of bound");
for (const id of chosen(goldens.map((golden) => golden.id))) {
  const golden = goldens.find((candidate) => candidate.id === id);
  const value = results.tensors.get(`${id}/logits`)?.toFloat64();
  if (golden === undefined || value === undefined) throw new Error(`no golden ${id}`);
  const { inputShape, seed } = golden;
  const [, channels, height, width] = inputShape as [number, number, number, number];
  const model = createModel(golden.model, { channels, height, width });
  const parameters = initParameters(model.parameters, { seed, scheme: "conformance" });
  const feeds = { input: float32(inputShape, uniform(seed, "input", elementCount(inputShape), -1, 1)) };
  const own = (await referenceResults(model.graph, parameters, feeds)).get("logits");
  if (own === undefined) throw new Error(`${golden.model} has no logits`);
  const reference = { ...own, value };
  for (const [backendId, open] of Object.entries(backends)) {
    const backend = await open();
    const executable = await backend.compile(model.graph, parameters);
    const { logits } = await executable.run(feeds);
    await backend.dispose();
    if (logits === undefined) throw new Error(`${backendId} returned nothing`);
    const { agrees, deviation, share } = judgeEndToEnd(logits, reference);
    if (!agrees) process.exitCode = 1;
    console.log(
      [
        id.padEnd(24),
        own.noiseFloor.toExponential(1).padStart(11),
        ` ${backendId.padEnd(10)}`,
        deviation.toExponential(1).padStart(9),
        `${(share * 100).toFixed(1)} %`.padStart(8),
        agrees ? "" : "outside its bound",
      ].join("  "),
    );
  }
}
