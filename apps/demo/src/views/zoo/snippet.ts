import { rowOf, type BackendId } from "../../engine/catalogue.js";
import type { ImageSize } from "@isoconv/zoo";

/** A program that builds a network and runs it: three lines and their imports. */
export function snippet(model: string, { channels, height, width }: ImageSize, backend: BackendId): string {
  const size = `[1, ${channels}, ${height}, ${width}]`;
  return [
    `import { float32 } from "@isoconv/core-spec";`,
    `import { createBackend } from "${rowOf(backend).module}";`,
    `import { initParameters } from "@isoconv/nn";`,
    `import { createModel } from "@isoconv/zoo";`,
    "",
    `const { graph, parameters } = createModel("${model}");`,
    `const executable = await (await createBackend()).compile(graph, initParameters(parameters, { seed: 1 }));`,
    `const { logits } = await executable.run({ input: float32(${size}) });`,
    "",
  ].join("\n");
}
