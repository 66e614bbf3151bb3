import { drawingOf, renderSvg, type Direction } from "@isoconv/zoo";
import { modelFor } from "../../network.js";
import type { OutputStride } from "../../output-stride.js";
import { checkOutput, STDOUT, writeResult } from "../../output.js";
import { printLine } from "../../print.js";

export interface DrawOptions {
  readonly input: readonly number[] | undefined;
  readonly classes: number | undefined;
  readonly outputStride: OutputStride | undefined;
  readonly depth: number | undefined;
  readonly direction: Direction;
  readonly output: string | undefined;
}

/** `isoconv draw <model>`: draws the architecture as SVG, to a file or to stdout. */
export async function drawModel(name: string, options: DrawOptions): Promise<void> {
  const { input, classes, outputStride, depth, direction, output = STDOUT } = options;
  await checkOutput(output, "SVG");
  const model = await modelFor(name, input === undefined ? undefined : [1, ...input], classes, { outputStride });
  const svg = renderSvg(drawingOf(model, depth === undefined ? {} : { depth }), { direction });
  await writeResult(output, output === STDOUT ? `${svg.trimEnd()}\n` : svg);
  if (output !== STDOUT) printLine(`Written: ${output}`);
}
