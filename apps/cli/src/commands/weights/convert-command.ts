import { IsoconvError } from "@isoconv/core-spec";
import { renameTensors, writeWeights, writtenFormats, type WriteOptions, type WrittenFormat } from "@isoconv/weights";
import { namingFile, readTensorFile } from "../../files.js";
import { checkWritable, writeResult } from "../../output.js";
import { printLine } from "../../print.js";
import { UsageError } from "../../usage-error.js";

export interface ConvertOptions {
  readonly output: string;
  readonly dtype: WriteOptions["dtype"];
  /** Only tensors below this module path, without it. */
  readonly prefix: string | undefined;
}

/** `isoconv weights convert <file>`: writes the tensors of a file in another format, which the output's name decides. */
export async function convertWeights(path: string, { output, dtype, prefix }: ConvertOptions): Promise<void> {
  const format = formatOf(output);
  await checkWritable(output);
  const file = await readTensorFile(path, "INVALID_WEIGHTS");
  const start = prefix === undefined ? "" : prefix.replace(/\.?$/, ".");
  const kept = renameTensors(file, (name) => (name.startsWith(start) ? name.slice(start.length) : undefined));
  if (kept.tensors.size === 0 && start !== "") {
    throw new IsoconvError("INVALID_WEIGHTS", { path, what: "no tensor is below the prefix", received: prefix });
  }
  const bytes = await namingFile(path, () => writeWeights(format, kept, { dtype }));
  await writeResult(output, bytes);
  printLine(`${output}: ${kept.tensors.size} tensors, ${bytes.byteLength.toLocaleString("en")} bytes`);
}

/** @throws UsageError */
function formatOf(output: string): WrittenFormat {
  const format = writtenFormats.find((each) => output.toLowerCase().endsWith(`.${each}`));
  if (format !== undefined) return format;
  throw new UsageError(`--output ${output}: expected a name that ends with .${writtenFormats.join(", .")}`);
}
