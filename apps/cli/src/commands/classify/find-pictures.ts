import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { IsoconvError } from "@isoconv/core-spec";
import { reasonOf } from "../../files.js";

/** How the names of pictures end that are looked for in folders. A file that is named itself may have any name. */
const EXTENSIONS: ReadonlySet<string> = new Set([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif"]);

/**
 * The pictures among files and folders, in the order given; those of a folder, and of the folders in it, by name. What cannot be
 * found stays in the list, so that its error is reported with those of the pictures.
 *
 * @throws IsoconvError `INVALID_FILE` for a folder without pictures, or one that cannot be read
 */
export async function findPictures(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await isFolder(path)) ? picturesIn(path) : [path])));
  return found.flat();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

async function picturesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new IsoconvError("INVALID_FILE", {
      path: folder,
      what: `the folder cannot be read (${reasonOf(cause)})`,
      hint: "Check the path",
      cause,
    });
  });
  const pictures = names
    .filter((name) => EXTENSIONS.has(extname(name).toLowerCase()))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (pictures.length > 0) return pictures.map((name) => join(folder, name));
  throw new IsoconvError("INVALID_FILE", {
    path: folder,
    what: "there are no pictures in the folder",
    expected: `files that end with ${[...EXTENSIONS].join(", ")}`,
  });
}
