import { judgeEndToEnd, referenceResults } from "@isoconv/conformance";
import { inputOf, logitsOf, modelGoldens } from "@isoconv/goldens";
import { initParameters } from "@isoconv/nn";
import { createModel } from "@isoconv/zoo";
import { backends } from "./backends.js";
import { chosen, machineLine } from "./machine.js";

// Every PyTorch model golden, at full size too, on every backend: deviation from PyTorch's float64 logits.
console.log(`${machineLine()}\n`);
console.log("golden                    noise floor  backend     deviation  of bound");
for (const id of chosen(modelGoldens.map((golden) => golden.id))) {
  const golden = modelGoldens.find((candidate) => candidate.id === id);
  if (golden === undefined) continue;
  const [, channels, height, width] = golden.inputShape;
  const model = createModel(golden.model, { channels, height, width });
  const parameters = initParameters(model.parameters, { seed: golden.seed, scheme: "conformance" });
  const feeds = { input: inputOf(golden) };
  const own = (await referenceResults(model.graph, parameters, feeds)).get("logits");
  if (own === undefined) throw new Error(`${golden.model} has no logits`);
  const reference = { ...own, value: logitsOf(golden) };
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
