import { IsoconvError } from "@isoconv/core-spec";
import type { OpenFile } from "./open-file.js";

/** Pages cannot open files by their address. */
export const openFile: OpenFile = async (name) =>
  Promise.reject(
    new IsoconvError("UNSUPPORTED", {
      path: name,
      what: "pages cannot read a file by its address",
      hint: "Let the user choose the file, and give it in place of the address",
    }),
  );
