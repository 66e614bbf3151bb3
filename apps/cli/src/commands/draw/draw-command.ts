import { drawingOf, renderSvg, type Direction } from "@isoconv/zoo";
import { checkWritable, writeResult } from "../../files.js";
import { modelFor } from "../../network.js";
import { printLine } from "../../print.js";

export interface DrawOptions {
  readonly input: readonly number[] | undefined;
  readonly classes: number | undefined;
  readonly depth: number | undefined;
  readonly direction: Direction;
  readonly output: string | undefined;
}

/** `isoconv draw <model>`: draws the architecture as SVG, to a file or to stdout. */
export async function drawModel(name: string, options: DrawOptions): Promise<void> {
  const { input, classes, depth, direction, output } = options;
  await checkWritable(output);
  const model = modelFor(name, input === undefined ? undefined : [1, ...input], classes);
  const svg = renderSvg(drawingOf(model, depth === undefined ? {} : { depth }), { direction });
  if (output === undefined) {
    printLine(svg.trimEnd());
    return;
  }
  await writeResult(output, svg);
  printLine(`Written: ${output}`);
}
