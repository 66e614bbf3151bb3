import { isIsoconvError, messageOf, type TensorOf } from "@isoconv/core-spec";
import { feedWarnings, type Warning } from "@isoconv/inspect/warnings";
import { preprocess } from "@isoconv/vision";
import { readPicture } from "@isoconv/vision/node";
import type { Preprocessing } from "@isoconv/zoo";
import { readBytes } from "../../files.js";

/** A picture as a network's input, or why it cannot be read. Plain data: it may come from another thread. */
export type PreparedPicture =
  | { readonly path: string; readonly input: TensorOf<"float32">; readonly warnings: readonly Warning[] }
  | { readonly path: string; readonly error: PictureError };

/** Why a picture has no answer. */
export interface PictureError {
  /** Of the IsoconvError. */
  readonly code: string;
  readonly message: string;
}

/**
 * Reads and preprocesses a picture. An error of the file is part of the result, so that the other files go on.
 *
 * @throws what is wrong with more than this file, such as a missing decoder
 */
export async function preparePicture(path: string, preprocessing: Preprocessing): Promise<PreparedPicture> {
  try {
    const input = preprocess(await readPicture(path, await readBytes(path, "INVALID_FILE")), preprocessing);
    const warnings = feedWarnings({ input }, { normalisation: preprocessing });
    return { path, input, warnings: warnings.map((warning) => ({ ...warning, path })) };
  } catch (error) {
    if (!isIsoconvError(error) || error.code === "BACKEND_UNAVAILABLE") throw error;
    return { path, error: { code: error.code, message: messageOf(error) } };
  }
}
