import type { Executable, Graph, Results, TensorOf } from "@isoconv/core-spec";
import type { Warning } from "@isoconv/inspect/warnings";
import { predictionsOf, type Prediction } from "../run/predictions.js";
import type { PictureError, PreparedPicture } from "./prepare-picture.js";

/** What a network says of a picture, or why it says nothing. */
export type ClassifiedPicture =
  | { readonly path: string; readonly top: readonly Prediction[]; readonly warnings: readonly Warning[] }
  | { readonly path: string; readonly error: PictureError };

export interface Classification {
  readonly graph: Graph;
  readonly executable: Executable;
  readonly classNames: readonly string[];
  /** The number of classes of each picture. */
  readonly top: number;
}

/** Milliseconds from the first run to the last answer, and those in which the network ran. */
export interface Times {
  readonly wallMilliseconds: number;
  readonly runMilliseconds: number;
}

/**
 * Classifies pictures one by one, in their order: on a processor a batch is not faster, and the first answer comes later.
 *
 * @param onPicture is called with each answer
 */
export async function classifyPictures(
  pictures: AsyncIterable<PreparedPicture>,
  { graph, executable, classNames, top }: Classification,
  onPicture: (picture: ClassifiedPicture) => void,
): Promise<Times> {
  const start = performance.now();
  let runMilliseconds = 0;
  const run = async (input: TensorOf<"float32">): Promise<Results> => {
    const before = performance.now();
    const results = await executable.run({ [inputNameOf(graph)]: input });
    runMilliseconds += performance.now() - before;
    return results;
  };
  for await (const prepared of pictures) {
    const { path } = prepared;
    if ("error" in prepared) onPicture({ path, error: prepared.error });
    else {
      const [predictions] = predictionsOf(graph, await run(prepared.input), classNames, top) ?? [];
      onPicture({ path, top: predictions?.top ?? [], warnings: prepared.warnings });
    }
  }
  return { wallMilliseconds: performance.now() - start, runMilliseconds };
}

function inputNameOf({ inputs }: Graph): string {
  return inputs[0]?.name ?? "";
}
