import { initParameters } from "@isoconv/nn";
import { writeSafetensors } from "@isoconv/weights";
import { createModel } from "@isoconv/zoo";
import { writeFile } from "node:fs/promises";

// Writes weights for the network `argv[2]` to the file `argv[3]`.
const [, , name = "", path = ""] = process.argv;
const { parameters } = createModel(name);
await writeFile(path, writeSafetensors(initParameters(parameters, { seed: 1, scheme: "conformance" })));
